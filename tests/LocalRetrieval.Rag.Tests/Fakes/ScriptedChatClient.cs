using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Answers each request by the next of its steps, and keeps what it was asked. A text that starts with "call" asks for a tool, one with "search:" for searches.</summary>
internal sealed class ScriptedChatClient(params string[] steps) : IChatClient
{
    /// <summary>Each request's messages as they came.</summary>
    public List<ChatMessage[]> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    /// <summary>Each request's messages as JSON: what a cache below would see.</summary>
    public List<string> AskedJson { get; } = [];

    /// <summary>The conversation that a response belongs to, by the number of the request from 0; null where the service keeps none.</summary>
    public Func<int, string?> ConversationOf { get; init; } = _ => null;

    /// <summary>The size of the pieces that a stream comes in.</summary>
    public int PieceLength { get; init; } = 3;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int step = Ask(messages, options);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Contents(step)) { MessageId = $"m{step}" })
        {
            ResponseId = $"r{step}",
            ConversationId = ConversationOf(step),
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int step = Ask(messages, options);
        foreach (AIContent content in Contents(step).SelectMany(Pieces))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { MessageId = $"m{step}", ResponseId = $"r{step}", ConversationId = ConversationOf(step) };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private int Ask(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        Asked.Add([.. messages]);
        AskedJson.Add(JsonSerializer.Serialize(Asked[^1], AIJsonUtilities.DefaultOptions));
        Options.Add(options);
        return Asked.Count - 1;
    }

    private List<AIContent> Contents(int step) =>
        steps[step].StartsWith("call", StringComparison.Ordinal)
            ? [new TextContent(steps[step]["call".Length..]), new FunctionCallContent($"c{step}", "tool", new Dictionary<string, object?>())]
            : steps[step].StartsWith("search:", StringComparison.Ordinal)
            ? [.. steps[step].Split(':')[1..].Select((query, index) => new FunctionCallContent($"s{step}-{index}", "search", new Dictionary<string, object?> { ["query"] = query }))]
            : [new TextContent(steps[step])];

    private IEnumerable<AIContent> Pieces(AIContent content) =>
        content is TextContent { Text: var text } ? text.Chunk(PieceLength).Select(piece => new TextContent(new string(piece))) : [content];
}
