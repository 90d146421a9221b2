using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace WebRag.Chat;

/// <summary>A conversation: what was asked and answered, with the sources that the answers cite.</summary>
/// <remarks>Safe for concurrent use: one question at a time is answered.</remarks>
internal sealed class Conversation(string id)
{
    private int _isAnswering;
    private ImmutableList<ChatMessage> _messages = [];

    public string Id => id;

    /// <summary>The messages so far. The messages themselves are not changed.</summary>
    public ImmutableList<ChatMessage> Messages => Volatile.Read(ref _messages);

    /// <summary>Takes the conversation for one answer; false while another is being written. <see cref="Leave"/> gives it back.</summary>
    public bool TryEnter() => Interlocked.Exchange(ref _isAnswering, 1) == 0;

    public void Leave() => Volatile.Write(ref _isAnswering, 0);

    /// <summary>Adds messages; the oldest are forgotten.</summary>
    public void Add(IEnumerable<ChatMessage> messages, int capacity)
    {
        ImmutableList<ChatMessage> all = Messages.AddRange(messages);
        Volatile.Write(ref _messages, all.RemoveRange(0, Math.Max(0, all.Count - capacity)));
    }
}
