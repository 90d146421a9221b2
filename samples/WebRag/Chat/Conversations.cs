using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace WebRag.Chat;

/// <summary>The conversations of one visitor, of which the newest are kept.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Conversations(int capacity)
{
    private readonly ConcurrentDictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public Conversation? Find(string id) => _conversations.GetValueOrDefault(id);

    public Conversation Create()
    {
        Conversation conversation = new(RandomNumberGenerator.GetHexString(32, lowercase: true));
        _conversations[conversation.Id] = conversation;
        _order.Enqueue(conversation.Id);
        while (_order.Count > capacity && _order.TryDequeue(out string? oldest))
        {
            _conversations.TryRemove(oldest, out _);
        }

        return conversation;
    }

    public bool Remove(string id) => _conversations.TryRemove(id, out _);
}
