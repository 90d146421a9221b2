using System.Text.Json;
using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat.Conversation;

/// <summary>A person who is asked whether a tool may be called answers in a user message, which asks nothing.</summary>
public sealed class ApprovedToolsTests
{
    private readonly FakeRetriever _retriever = new(FakeRetriever.Passage("Oil the chain.", "bike.md"));
    private readonly AIFunction _tool = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => "rain", "tool"));

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    public async Task GetResponseAsync_Approval_IsOfTheSameTurn(bool approved, bool throughJson, bool streamed)
    {
        using ScriptedChatClient inner = new("call", "Oil it [1].");
        using IChatClient client = inner.AsBuilder().UseRetrieval(_retriever).UseFunctionInvocation().Build();
        List<ChatMessage> messages = [new(ChatRole.User, "How?")];

        ChatResponse asks = await AskAsync(client, messages, streamed);
        messages.AddMessages(asks);
        if (throughJson)
        {
            messages = JsonSerializer.Deserialize<List<ChatMessage>>(JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        }

        ToolApprovalRequestContent request = Assert.Single(messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>());
        messages.Add(new ChatMessage(ChatRole.User, [request.CreateResponse(approved)]));
        ChatResponse answer = await AskAsync(client, messages, streamed);

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.Contains(inner.Asked[1], message => message.Text.Contains("Oil the chain.", StringComparison.Ordinal));
        Assert.Equal("bike.md", Assert.Single(answer.Messages[^1].GetCitedSources()).Passage.Source);
    }

    [Fact]
    public async Task GetResponseAsync_ImageAfterApproval_IsAnotherTurn()
    {
        using ScriptedChatClient inner = new("ok");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);

        await client.GetResponseAsync([new(ChatRole.User, "How?"), new(ChatRole.Assistant, "So."), new(ChatRole.User, [new UriContent("https://example.com/i.png", "image/png")])]);

        Assert.Empty(_retriever.Queries);
    }

    private Task<ChatResponse> AskAsync(IChatClient client, List<ChatMessage> messages, bool streamed) => streamed
        ? client.GetStreamingResponseAsync(messages, new ChatOptions { Tools = [_tool] }).ToChatResponseAsync()
        : client.GetResponseAsync(messages, new ChatOptions { Tools = [_tool] });
}
