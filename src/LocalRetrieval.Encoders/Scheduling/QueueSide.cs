namespace LocalRetrieval.Encoders;

/// <summary>What is in an encoder's queue of one priority, and what waits outside.</summary>
/// <param name="maxTexts">The most texts inside.</param>
/// <param name="maxBytes">The most bytes of texts inside.</param>
/// <remarks>Guarded by the lock of its <see cref="QueueBound"/>.</remarks>
internal sealed class QueueSide(int maxTexts, long maxBytes)
{
    private readonly LinkedList<QueueEntry> _waiting = new();

    /// <summary>The number of texts inside.</summary>
    public int Texts { get; private set; }

    /// <summary>The bytes of texts inside.</summary>
    public long Bytes { get; private set; }

    /// <summary>The texts of those that came newly.</summary>
    public int NewTexts { get; private set; }

    /// <summary>Their bytes.</summary>
    public long NewBytes { get; private set; }

    /// <summary>Whether something waits outside.</summary>
    public bool IsAwaited => _waiting.Count > 0;

    /// <summary>What waits outside and came first; null where nothing does.</summary>
    public QueueEntry? First => _waiting.First?.Value;

    public LinkedListNode<QueueEntry> Await(int texts, long bytes) => _waiting.AddLast(new QueueEntry(texts, bytes));

    public void RemoveFirst() => _waiting.RemoveFirst();

    /// <summary>Whether so much more would be within the bounds.</summary>
    public bool Holds(int texts, long bytes) => (long)Texts + texts <= maxTexts && Bytes + bytes <= maxBytes;

    /// <summary>Whether so much more of those that go on would leave some to those that come newly, whatever these have by now.</summary>
    public bool Leaves(int texts, long bytes, int newTexts, long newBytes) =>
        (long)Texts - NewTexts + texts + newTexts <= maxTexts && Bytes - NewBytes + bytes + newBytes <= maxBytes;

    public void Add(int texts, long bytes, bool isNew)
    {
        (Texts, Bytes) = (Texts + texts, Bytes + bytes);
        if (isNew)
        {
            (NewTexts, NewBytes) = (NewTexts + texts, NewBytes + bytes);
        }
    }
}
