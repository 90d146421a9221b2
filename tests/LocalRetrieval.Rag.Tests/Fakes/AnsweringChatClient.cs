using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Answers each request by a function.</summary>
internal sealed class AnsweringChatClient(Func<IReadOnlyList<ChatMessage>, CancellationToken, Task<string>> answer) : IChatClient
{
    public AnsweringChatClient(string text)
        : this((_, _) => Task.FromResult(text))
    {
    }

    public AnsweringChatClient(Exception failure)
        : this((_, _) => Task.FromException<string>(failure))
    {
    }

    public List<ChatMessage[]> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add([.. messages]);
        Options.Add(options);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, await answer(Asked[^1], cancellationToken)));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
