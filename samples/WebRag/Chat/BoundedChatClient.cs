using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace WebRag.Chat;

/// <summary>Passes on what a model writes until that is stopped, fails, or is as long as it may be.</summary>
/// <remarks>In each case the stream ends as a whole one does, so that a client around this one cites what was written. For one answer.</remarks>
internal sealed class BoundedChatClient(IChatClient model, int maxLength) : DelegatingChatClient(model)
{
    private int _length;

    /// <summary>How the answer ended.</summary>
    public TurnState State { get; private set; } = TurnState.Whole;

    /// <summary>Why the model failed; null where it did not.</summary>
    public Exception? Failure { get; private set; }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (State == TurnState.Whole && await NextAsync(updates, cancellationToken))
        {
            yield return Bounded(updates.Current);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception)
        {
            // What a model says of being stopped is no failure of it.
            State = cancellationToken.IsCancellationRequested ? TurnState.Stopped : TurnState.Failed;
            Failure = State == TurnState.Failed ? exception : null;
            return false;
        }
    }

    private ChatResponseUpdate Bounded(ChatResponseUpdate update)
    {
        string text = update.Text;
        int rest = maxLength - _length;
        _length += text.Length;
        if (text.Length <= rest)
        {
            return update;
        }

        State = TurnState.Cut;
        int end = rest > 0 && char.IsHighSurrogate(text[rest - 1]) ? rest - 1 : rest;
        return new ChatResponseUpdate(update.Role, text[..end]) { MessageId = update.MessageId, ResponseId = update.ResponseId };
    }
}
