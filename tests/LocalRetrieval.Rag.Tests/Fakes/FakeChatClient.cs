using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Answers with what it is given, and keeps what it was asked.</summary>
internal sealed class FakeChatClient(params ChatResponseUpdate[] updates) : IChatClient
{
    public List<ChatMessage>? Asked { get; private set; }

    public ChatOptions? AskedOptions { get; private set; }

    public static FakeChatClient Saying(string text) => new(new ChatResponseUpdate(ChatRole.Assistant, text) { MessageId = "m", ResponseId = "r" });

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked = [.. messages];
        AskedOptions = options;
        foreach (ChatResponseUpdate update in updates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
