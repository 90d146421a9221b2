using ConsoleRag.Chat;
using Microsoft.Extensions.AI;

namespace ConsoleRag.Tests.Chat;

public partial class OpenAIChatClientTests
{
    [Fact]
    public async Task GetResponseAsync_ToolMessage_IsRefused()
    {
        using OpenAIChatClient client = ClientOf(StubEndpoint.Unused());

        NotSupportedException exception = await Assert.ThrowsAsync<NotSupportedException>(
            () => client.GetResponseAsync([new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "x")])]));

        Assert.Contains("tool", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task GetResponseAsync_RoleWithoutCounterpart_IsRefusedByName()
    {
        using OpenAIChatClient client = ClientOf(StubEndpoint.Unused());

        NotSupportedException exception = await Assert.ThrowsAsync<NotSupportedException>(
            () => client.GetResponseAsync([new ChatMessage(ChatRole.Tool, "x")]));

        Assert.Contains("'tool'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_ImageContent_IsRefusedByName()
    {
        using OpenAIChatClient client = ClientOf(StubEndpoint.Unused());
        ChatMessage message = new(ChatRole.User, [new TextContent("What is it?"), new DataContent(new byte[] { 1 }, "image/png")]);

        NotSupportedException exception = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([message]));

        Assert.Contains(nameof(DataContent), exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, ChatOptions> UnsupportedOptions => new()
    {
        { "Tools (clock)", new ChatOptions { Tools = [AIFunctionFactory.Create(() => "12:00", "clock")] } },
        { "ToolMode", new ChatOptions { ToolMode = ChatToolMode.RequireAny } },
        { "ModelId 'large'", new ChatOptions { ModelId = "large" } },
        { "ResponseFormat", new ChatOptions { ResponseFormat = ChatResponseFormat.Json } },
        { "TopK", new ChatOptions { TopK = 3 } },
        { "Reasoning", new ChatOptions { Reasoning = new ReasoningOptions() } },
        { "ConversationId", new ChatOptions { ConversationId = "1" } },
        { "RawRepresentationFactory", new ChatOptions { RawRepresentationFactory = _ => null } },
    };

    [Theory]
    [MemberData(nameof(UnsupportedOptions))]
    public async Task GetResponse_UnsupportedOption_IsRefusedByName(string name, ChatOptions options)
    {
        using OpenAIChatClient client = ClientOf(StubEndpoint.Unused());

        NotSupportedException exception = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync("a?", options));
        await Assert.ThrowsAsync<NotSupportedException>(() => ListAsync(client.GetStreamingResponseAsync("a?", options)));

        Assert.Contains($"the option {name}", exception.Message, StringComparison.Ordinal);
    }
}
