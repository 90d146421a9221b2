namespace LocalRetrieval.VectorData.Log;

/// <summary>Flushes for several callers at once: who comes while a flush is under way shares the next one.</summary>
/// <remarks>Safe for concurrent use. A flush that fails fails all that wait, and all later ones: a system may forget what it failed to write, and report success for the next flush.</remarks>
/// <param name="flush">Flushes what was written before it is called.</param>
/// <param name="written">Tells how much was written.</param>
/// <param name="flushed">How much is flushed already.</param>
internal sealed class GroupFlush(Action flush, Func<long> written, long flushed)
{
    private readonly Lock _lock = new();
    private readonly Lock _flushing = new();
    private TaskCompletionSource? _next;
    private Exception? _failure;
    private bool _isRunning;

    /// <summary>How much is flushed.</summary>
    public long Flushed => Volatile.Read(ref flushed);

    /// <summary>Waits until what was written up to an offset is flushed.</summary>
    public Task WaitAsync(long end)
    {
        lock (_lock)
        {
            if (end <= Flushed)
            {
                return Task.CompletedTask;
            }

            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task waiting = _next.Task;
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(Run);
            }

            return waiting;
        }
    }

    /// <summary>Flushes all that was written, on this thread.</summary>
    public void Now()
    {
        lock (_flushing)
        {
            if (_failure is not null)
            {
                throw _failure;
            }

            long end = written();
            if (end <= Flushed)
            {
                return;
            }

            try
            {
                flush();
            }
            catch (Exception exception)
            {
                _failure = exception;
                throw;
            }

            Volatile.Write(ref flushed, end);
        }
    }

    private void Run()
    {
        while (TakeWaiting() is { } waiting)
        {
            try
            {
                Now();
                waiting.SetResult();
            }
            catch (Exception exception)
            {
                waiting.SetException(exception);
            }
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
