namespace LocalRetrieval.Rag;

/// <summary>The sources of conversations whose messages a service keeps, by conversation id; those used last are remembered.</summary>
/// <remarks>
/// Such a conversation's requests hold the new messages alone, so nothing in them says what was retrieved before. An id is looked up as the
/// service gave it: some give each response another, which names all that came before it. Safe for concurrent use.
/// </remarks>
/// <param name="capacity">How many ids are remembered.</param>
internal sealed class ConversationMemory(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Id, ChatTurn Turn)>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Id, ChatTurn Turn)> _byUse = new();

    /// <summary>The last turn of a conversation, or null.</summary>
    public ChatTurn? Find(string? id)
    {
        lock (_lock)
        {
            if (id is null || !_nodes.TryGetValue(id, out LinkedListNode<(string Id, ChatTurn Turn)>? node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Turn;
        }
    }

    /// <summary>Remembers the last turn of a conversation; without an id there is nothing to remember.</summary>
    public void Remember(string? id, ChatTurn turn)
    {
        if (id is null || capacity == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (_nodes.Remove(id, out LinkedListNode<(string Id, ChatTurn Turn)>? known))
            {
                _byUse.Remove(known);
            }

            // Only the sources are kept, not what was asked.
            _nodes.Add(id, _byUse.AddFirst((id, turn with { Messages = [], Options = null, Conversation = [] })));
            if (_nodes.Count > capacity)
            {
                _nodes.Remove(_byUse.Last!.Value.Id);
                _byUse.RemoveLast();
            }
        }
    }
}
