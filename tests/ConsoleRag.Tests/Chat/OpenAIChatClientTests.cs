using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using ConsoleRag.Chat;
using Microsoft.Extensions.AI;
using OpenAI;

namespace ConsoleRag.Tests.Chat;

public partial class OpenAIChatClientTests
{
    private const string Completion = """
        {
          "id": "chat-1", "object": "chat.completion", "created": 1700000000, "model": "small-2024",
          "choices": [{ "index": 0, "finish_reason": "length", "message": { "role": "assistant", "content": "Forty [1]." } }],
          "usage": { "prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14, "prompt_tokens_details": { "cached_tokens": 5 } }
        }
        """;

    [Fact]
    public async Task GetResponseAsync_Completion_GivesTextReasonUsageAndIds()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(Completion);
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        ChatResponse response = await client.GetResponseAsync("How many?");

        ChatMessage message = Assert.Single(response.Messages);
        Assert.Equal((ChatRole.Assistant, "Forty [1].", "chat-1"), (message.Role, message.Text, message.MessageId));
        Assert.Single(message.Contents);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal(("chat-1", "small-2024"), (response.ResponseId, response.ModelId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), response.CreatedAt);
        Assert.Equal((11L, 3L, 14L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal(5, response.Usage.CachedInputTokenCount);
        Assert.Equal("Bearer key", Assert.Single(endpoint.Keys));
    }

    [Fact]
    public async Task GetResponseAsync_MessagesAndOptions_AreSent()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(Completion);
        using OpenAIChatClient client = ClientOf(endpoint.Address);
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, [new TextContent("Sources. "), new TextContent("Question: a?")]),
            new(ChatRole.Assistant, "b"),
            new(ChatRole.User, "c?"),
        ];

        await client.GetResponseAsync(messages, new ChatOptions
        {
            Instructions = "Answer in English.",
            ModelId = "small",
            Temperature = 0.5f,
            TopP = 0.25f,
            MaxOutputTokens = 100,
            FrequencyPenalty = 0.125f,
            PresencePenalty = 0.75f,
            Seed = 7,
            StopSequences = ["END"],
        });

        JsonElement request = Assert.Single(endpoint.Requests);
        Assert.Equal(
            [("system", "Answer in English."), ("system", "Be brief."), ("user", "Sources. Question: a?"), ("assistant", "b"), ("user", "c?")],
            request.GetProperty("messages").EnumerateArray().Select(
                message => (message.GetProperty("role").GetString(), message.GetProperty("content").GetString())));
        Assert.Equal("small", request.GetProperty("model").GetString());
        Assert.Equal(0.5, request.GetProperty("temperature").GetDouble());
        Assert.Equal(0.25, request.GetProperty("top_p").GetDouble());
        Assert.Equal(100, request.GetProperty("max_completion_tokens").GetInt32());
        Assert.Equal(0.125, request.GetProperty("frequency_penalty").GetDouble());
        Assert.Equal(0.75, request.GetProperty("presence_penalty").GetDouble());
        Assert.Equal(7, request.GetProperty("seed").GetInt32());
        Assert.Equal("END", request.GetProperty("stop")[0].GetString());
        Assert.False(request.TryGetProperty("stream", out _));
    }

    [Fact]
    public async Task GetResponseAsync_NoOptions_SendsOnlyModelAndMessages()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(Completion);
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        await client.GetResponseAsync("a?");

        Assert.Equal(["messages", "model"], Assert.Single(endpoint.Requests).EnumerateObject().Select(property => property.Name).Order());
    }

    [Fact]
    public async Task GetResponseAsync_Refusal_IsTheText()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(
            Completion.Replace("\"content\": \"Forty [1].\"", "\"content\": null, \"refusal\": \"No.\"", StringComparison.Ordinal));
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        Assert.Equal("No.", (await client.GetResponseAsync("a?")).Text);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Events_GiveTextAsItComesAndUsageLast()
    {
        using StubEndpoint endpoint = StubEndpoint.Streaming(
            Chunk("""{ "role": "assistant", "content": "" }"""),
            Chunk("""{ "content": "For" }"""),
            Chunk("""{ "content": "ty [1]." }"""),
            Chunk("{}", "\"stop\""),
            """{"id":"chat-2","created":1700000000,"model":"small-2024","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14}}""",
            "[DONE]");
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        List<ChatResponseUpdate> updates = await ListAsync(client.GetStreamingResponseAsync("How many?"));

        Assert.Equal(["For", "ty [1]."], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.All(updates, update => Assert.Equal(("chat-2", "chat-2", "small-2024"), (update.ResponseId, update.MessageId, update.ModelId)));
        Assert.Equal(14, Assert.IsType<UsageContent>(Assert.Single(updates[^1].Contents)).Details.TotalTokenCount);
        ChatResponse response = updates.ToChatResponse();
        Assert.Equal("Forty [1].", Assert.Single(response.Messages).Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        JsonElement request = Assert.Single(endpoint.Requests);
        Assert.True(request.GetProperty("stream").GetBoolean());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_RunningUsage_IsCountedOnce()
    {
        static string Usage(int output) => $$$""","usage":{"prompt_tokens":11,"completion_tokens":{{{output}}},"total_tokens":{{{11 + output}}}}}""";
        using StubEndpoint endpoint = StubEndpoint.Streaming(
            Chunk("""{ "content": "For" }""")[..^1] + Usage(2),
            Chunk("""{ "content": "ty." }""", "\"stop\"")[..^1] + Usage(3),
            "[DONE]");
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        ChatResponse response = (await ListAsync(client.GetStreamingResponseAsync("a?"))).ToChatResponse();

        Assert.Equal((11L, 3L, 14L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_EndpointWithoutUsage_EndsWithTheReason()
    {
        using StubEndpoint endpoint = StubEndpoint.Streaming(Chunk("""{ "content": "a" }"""), Chunk("{}", "\"content_filter\""), "[DONE]");
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        List<ChatResponseUpdate> updates = await ListAsync(client.GetStreamingResponseAsync("a?"));

        Assert.Equal(ChatFinishReason.ContentFilter, updates[^1].FinishReason);
        Assert.Empty(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
    }

    [Fact]
    public void GetService_Types_GivesMetadataInnerClientAndItself()
    {
        Uri address = StubEndpoint.Unused();
        using OpenAIChatClient client = ClientOf(address);

        ChatClientMetadata metadata = client.GetService<ChatClientMetadata>()!;

        Assert.Equal(("openai", address, "small"), (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.NotNull(client.GetService<OpenAI.Chat.ChatClient>());
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService<string>());
        Assert.Null(client.GetService(typeof(ChatClientMetadata), "key"));
        Assert.Null(client.GetService(typeof(IChatClient), "key"));
    }

    private static OpenAIChatClient ClientOf(Uri endpoint, int retries = 0, TimeSpan? timeout = null) => new(new OpenAI.Chat.ChatClient(
        "small",
        new ApiKeyCredential("key"),
        new OpenAIClientOptions { Endpoint = endpoint, RetryPolicy = new ClientRetryPolicy(retries), NetworkTimeout = timeout }));

    private static string Chunk(string delta, string reason = "null") =>
        $$$"""
        {"id":"chat-2","created":1700000000,"model":"small-2024","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{reason}}}}]}
        """;

    private static async Task<List<ChatResponseUpdate>> ListAsync(IAsyncEnumerable<ChatResponseUpdate> updates) => await updates.ToListAsync();
}
