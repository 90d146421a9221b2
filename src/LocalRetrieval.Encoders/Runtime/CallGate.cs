namespace LocalRetrieval.Encoders;

/// <summary>Counts the calls under way until it is closed; closing tells when the last of them has ended.</summary>
/// <remarks>Safe for concurrent use, without a lock: a table's calls are short.</remarks>
internal sealed class CallGate
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One more while it is open, so that none under way is not yet the end.
    private int _count = 1;
    private bool _isClosed;

    /// <summary>How many calls are under way.</summary>
    public int Count => Math.Max(0, Volatile.Read(ref _count) - (Volatile.Read(ref _isClosed) ? 0 : 1));

    /// <summary>Lets a call in, which exits when it ends; false once it is closed.</summary>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _count);
        if (!Volatile.Read(ref _isClosed))
        {
            return true;
        }

        Exit();
        return false;
    }

    public void Exit()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Lets no more calls in.</summary>
    /// <returns>Ends when no call is under way.</returns>
    public Task CloseAsync()
    {
        if (!Interlocked.Exchange(ref _isClosed, true))
        {
            Exit();
        }

        return _ended.Task;
    }
}
