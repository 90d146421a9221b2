namespace LocalRetrieval.VectorData.Log;

/// <summary>Flushes for several callers at once: who comes while a flush is under way shares the next one.</summary>
/// <remarks>Safe for concurrent use. A flush that fails fails all that wait, and all later ones.</remarks>
/// <param name="flush">Flushes what was written before it is called.</param>
/// <param name="flushed">How much is flushed already.</param>
internal sealed class GroupFlush(Action flush, long flushed)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _next;
    private Exception? _failure;
    private bool _isRunning;

    /// <summary>How much is flushed.</summary>
    public long Flushed => Volatile.Read(ref flushed);

    /// <summary>Waits until what was written up to an offset is flushed.</summary>
    /// <param name="end">The offset.</param>
    /// <param name="written">Tells how much was written.</param>
    public Task WaitAsync(long end, Func<long> written)
    {
        lock (_lock)
        {
            if (end <= flushed)
            {
                return Task.CompletedTask;
            }

            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task waiting = _next.Task;
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(() => Run(written));
            }

            return waiting;
        }
    }

    private void Run(Func<long> written)
    {
        while (TakeWaiting() is { } waiting)
        {
            if (_failure is null && TryFlush(written()))
            {
                waiting.SetResult();
            }
            else
            {
                waiting.SetException(_failure!);
            }
        }
    }

    // A system may forget what it failed to write, and report success for the next flush: there is none.
    private bool TryFlush(long end)
    {
        try
        {
            if (end > Flushed)
            {
                flush();
                Volatile.Write(ref flushed, end);
            }

            return true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            return false;
        }
    }

    private TaskCompletionSource? TakeWaiting()
    {
        lock (_lock)
        {
            TaskCompletionSource? waiting = _next;
            _next = null;
            _isRunning = waiting is not null;
            return waiting;
        }
    }
}
