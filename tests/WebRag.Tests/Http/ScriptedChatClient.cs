using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace WebRag.Tests.Http;

/// <summary>A chat client that a test leads.</summary>
internal sealed class ScriptedChatClient(Func<IEnumerable<ChatMessage>, CancellationToken, IAsyncEnumerable<string>> answer) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string id = Guid.NewGuid().ToString("N");
        await foreach (string piece in answer(messages, cancellationToken))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece) { MessageId = id };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
