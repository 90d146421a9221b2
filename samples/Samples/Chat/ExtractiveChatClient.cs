using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace Samples.Chat;

/// <summary>Answers without a model: it quotes the sentences of the sources that share most with the question, and cites them.</summary>
/// <remarks>
/// <para>It reads the prompt of a <see cref="RetrievalChatClient"/> and ignores <see cref="ChatOptions"/>: there is no model to set.</para>
/// <para>Safe for concurrent use. Disposing it does nothing.</para>
/// </remarks>
internal sealed class ExtractiveChatClient : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("extractive");

    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        string id = Guid.NewGuid().ToString("N");
        string answer = ExtractiveAnswer.Write(RetrievalPrompt.Read(messages));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer) { MessageId = id })
        {
            ResponseId = id,
            CreatedAt = DateTimeOffset.UtcNow,
            FinishReason = ChatFinishReason.Stop,
        });
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> pieces = ExtractiveAnswer.Pieces(response.Text);
        for (int index = 0; index < pieces.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, pieces[index])
            {
                ResponseId = response.ResponseId,
                MessageId = response.ResponseId,
                CreatedAt = response.CreatedAt,
                FinishReason = index == pieces.Count - 1 ? response.FinishReason : null,
            };
        }
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
