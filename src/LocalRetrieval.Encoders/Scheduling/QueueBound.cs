namespace LocalRetrieval.Encoders;

/// <summary>Bounds what is in an encoder's queue; what finds no room waits outside, first come first of its priority.</summary>
/// <param name="maxTexts">The most texts.</param>
/// <param name="maxBytes">The most bytes of texts.</param>
/// <param name="refuses">Whether calls that find no room for their first texts are refused: those that wait outside are then the further portions of calls under way.</param>
/// <param name="time">Tells since when something is inside.</param>
/// <remarks>
/// Documents take a share of the bounds at most, and queries do not stand behind documents that wait outside, so that indexing does not fill the queue for those who ask.
/// Where calls are refused, further portions leave a quarter to small calls that come newly, and these take no more than that while portions wait: so neither ends the other.
/// What finds none of its priority inside is let in, whatever its size and whatever the others took: so neither keeps the other out, and what is larger than a bound is run at
/// last. Safe for concurrent use.
/// </remarks>
internal sealed class QueueBound(int maxTexts, long maxBytes, bool refuses, TimeProvider time)
{
    // A query finds at least the rest free, however much is indexed.
    private const double DocumentShare = .8;

    // As much as a portion has at the most.
    private const double NewcomersShare = .25;

    private readonly Lock _lock = new();
    private readonly QueueSide _queries = new(maxTexts, maxBytes);
    private readonly QueueSide _documents = new((int)(maxTexts * DocumentShare), (long)(maxBytes * DocumentShare));
    private readonly int _textsForNewcomers = refuses ? (int)(maxTexts * NewcomersShare) : 0;
    private readonly long _bytesForNewcomers = refuses ? (long)(maxBytes * NewcomersShare) : 0;
    private int _texts;
    private long _occupiedSince;
    private bool _isRefusing;

    /// <summary>The number of texts inside.</summary>
    public int Texts => Volatile.Read(ref _texts);

    /// <summary>The share of the nearer bound that is taken; at least 1 while a query finds no room.</summary>
    public double Fill
    {
        get
        {
            lock (_lock)
            {
                double taken = Math.Max((double)_texts / maxTexts, (double)Bytes / maxBytes);
                return _isRefusing || _queries.IsAwaited ? Math.Max(1, taken) : taken;
            }
        }
    }

    /// <summary>Since when something is inside, by the clock; null while nothing is.</summary>
    public long? OccupiedSince
    {
        get
        {
            lock (_lock)
            {
                return _texts == 0 ? null : _occupiedSince;
            }
        }
    }

    /// <summary>Lets the first texts of a call in where there is room at once.</summary>
    /// <param name="priority">Who waits.</param>
    /// <param name="texts">How many.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="isWhole">Whether these are all of the call's: a large call does not begin while others wait to go on.</param>
    /// <returns>Whether they are inside.</returns>
    public bool TryEnter(RunPriority priority, int texts, long bytes, bool isWhole)
    {
        lock (_lock)
        {
            bool isIn = TryLetIn(priority, texts, bytes, isNew: isWhole && refuses);
            // Calls of other sizes add up to the bound by chance alone.
            _isRefusing |= !isIn && priority == RunPriority.Query;
            return isIn;
        }
    }

    /// <summary>Lets texts in, at once or when there is room.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    public async ValueTask EnterAsync(RunPriority priority, int texts, long bytes, CancellationToken cancellationToken)
    {
        LinkedListNode<QueueEntry>? node;
        lock (_lock)
        {
            if (TryLetIn(priority, texts, bytes, isNew: false))
            {
                return;
            }

            node = SideOf(priority).Await(texts, bytes);
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister((_, token) => Leave(node, token), null);
        await node.Value.Entered.Task.ConfigureAwait(false);
    }

    /// <summary>Gives back what was let in.</summary>
    /// <param name="priority">Who waited.</param>
    /// <param name="texts">How many.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="isWhole">Whether they were let in as all of a call's.</param>
    public void Exit(RunPriority priority, int texts, long bytes, bool isWhole = false)
    {
        lock (_lock)
        {
            _isRefusing = false;
            Add(SideOf(priority), -texts, -bytes, isNew: isWhole && refuses);
            LetIn();
        }
    }

    private long Bytes => _queries.Bytes + _documents.Bytes;

    private QueueSide SideOf(RunPriority priority) => priority == RunPriority.Query ? _queries : _documents;

    private bool TryLetIn(RunPriority priority, int texts, long bytes, bool isNew)
    {
        QueueSide side = SideOf(priority);
        if ((side.IsAwaited && !(isNew && IsLeft(side, texts, bytes))) || !Fits(side, texts, bytes, isNew))
        {
            return false;
        }

        Add(side, texts, bytes, isNew);
        return true;
    }

    private void Leave(LinkedListNode<QueueEntry> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (node.Value.Entered.TrySetCanceled(cancellationToken))
            {
                node.List!.Remove(node);
                LetIn();
            }
        }
    }

    private void LetIn()
    {
        LetIn(_queries);
        LetIn(_documents);
    }

    private void LetIn(QueueSide side)
    {
        while (side.First is { } first && Fits(side, first.Texts, first.Bytes, isNew: false))
        {
            side.RemoveFirst();
            Add(side, first.Texts, first.Bytes, isNew: false);
            first.Entered.SetResult();
        }
    }

    // Documents that fit would take, place by place, what a larger query waits for.
    private bool Fits(QueueSide side, int texts, long bytes, bool isNew) =>
        side.Texts == 0
        || (side.Holds(texts, bytes) && (isNew || side.Leaves(texts, bytes, _textsForNewcomers, _bytesForNewcomers))
            && (long)_texts + texts <= maxTexts && Bytes + bytes <= maxBytes && (side == _queries || !_queries.IsAwaited));

    // Of what is left to those that come newly.
    private bool IsLeft(QueueSide side, int texts, long bytes) =>
        (long)side.NewTexts + texts <= _textsForNewcomers && side.NewBytes + bytes <= _bytesForNewcomers;

    private void Add(QueueSide side, int texts, long bytes, bool isNew)
    {
        if (_texts == 0)
        {
            _occupiedSince = time.GetTimestamp();
        }

        side.Add(texts, bytes, isNew);
        _texts += texts;
    }
}
