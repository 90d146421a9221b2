namespace LocalRetrieval.Encoders;

/// <summary>Bounds what is in an encoder's queue; what finds it full waits outside, first come first.</summary>
/// <param name="maxTexts">The most texts.</param>
/// <param name="maxBytes">The most bytes of texts.</param>
/// <param name="time">Tells since when something is inside.</param>
/// <remarks>Safe for concurrent use. What is larger than the bound by itself is let in when nothing else is there.</remarks>
internal sealed class QueueBound(int maxTexts, long maxBytes, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _waiting = new();
    private int _texts;
    private long _bytes;
    private long _occupiedSince;

    /// <summary>The number of texts inside.</summary>
    public int Texts => Volatile.Read(ref _texts);

    /// <summary>The share of the nearer bound that is taken.</summary>
    public double Fill
    {
        get
        {
            lock (_lock)
            {
                return Math.Max((double)_texts / maxTexts, (double)_bytes / maxBytes);
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

    /// <summary>Whether something would have to wait outside.</summary>
    public bool IsFull(int texts, long bytes)
    {
        lock (_lock)
        {
            return _waiting.Count > 0 || !Fits(texts, bytes);
        }
    }

    /// <summary>Lets texts in, at once or when there is room.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    public async ValueTask EnterAsync(int texts, long bytes, CancellationToken cancellationToken)
    {
        LinkedListNode<Entry>? node;
        lock (_lock)
        {
            if (_waiting.Count == 0 && Fits(texts, bytes))
            {
                Add(texts, bytes);
                return;
            }

            node = _waiting.AddLast(new Entry(texts, bytes));
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister((_, token) => Leave(node, token), null);
        await node.Value.Entered.Task.ConfigureAwait(false);
    }

    /// <summary>Gives back what <see cref="EnterAsync"/> let in.</summary>
    public void Exit(int texts, long bytes)
    {
        lock (_lock)
        {
            Add(-texts, -bytes);
            LetIn();
        }
    }

    private void Leave(LinkedListNode<Entry> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (node.Value.Entered.TrySetCanceled(cancellationToken))
            {
                _waiting.Remove(node);
                LetIn();
            }
        }
    }

    private void LetIn()
    {
        while (_waiting.First is { } first && Fits(first.Value.Texts, first.Value.Bytes))
        {
            _waiting.RemoveFirst();
            Add(first.Value.Texts, first.Value.Bytes);
            first.Value.Entered.SetResult();
        }
    }

    private bool Fits(int texts, long bytes) => _texts == 0 || ((long)_texts + texts <= maxTexts && _bytes + bytes <= maxBytes);

    private void Add(int texts, long bytes)
    {
        if (_texts == 0)
        {
            _occupiedSince = time.GetTimestamp();
        }

        (_texts, _bytes) = (_texts + texts, _bytes + bytes);
    }

    private sealed record Entry(int Texts, long Bytes)
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
