namespace LocalRetrieval.Rag;

/// <summary>Runs what several callers want at the same time once. It goes on until the last of them has cancelled.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SharedRuns<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, SharedRun> _runs = [];

    /// <summary>The result of the run under way, or of a new one.</summary>
    /// <param name="key">What is wanted.</param>
    /// <param name="start">Starts a run.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async Task<TResult> RunAsync(TKey key, Func<CancellationToken, Task<TResult>> start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SharedRun run = Join(key, out bool isNew);
        if (isNew)
        {
            _ = ExecuteAsync(key, run, start);
        }

        try
        {
            return await run.Result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (Leave(key, run))
            {
                await run.Cancellation.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private SharedRun Join(TKey key, out bool isNew)
    {
        lock (_lock)
        {
            isNew = !_runs.TryGetValue(key, out SharedRun? run);
            run = _runs[key] = run ?? new SharedRun();
            run.Callers++;
            return run;
        }
    }

    /// <summary>Whether nobody waits any more for a run that has not ended.</summary>
    private bool Leave(TKey key, SharedRun run)
    {
        lock (_lock)
        {
            run.Callers--;
            if (run.Callers > 0 || run.Result.Task.IsCompleted)
            {
                return false;
            }

            Remove(key, run);
            return true;
        }
    }

    private async Task ExecuteAsync(TKey key, SharedRun run, Func<CancellationToken, Task<TResult>> start)
    {
        try
        {
            TResult result = await start(run.Cancellation.Token).ConfigureAwait(false);
            End(key, run);
            run.Result.SetResult(result);
        }
        catch (Exception exception)
        {
            End(key, run);
            run.Result.SetException(exception);

            // Where all callers have left, nobody else looks at it.
            _ = run.Result.Task.Exception;
        }
    }

    private void End(TKey key, SharedRun run)
    {
        lock (_lock)
        {
            Remove(key, run);
        }
    }

    private void Remove(TKey key, SharedRun run)
    {
        if (_runs.TryGetValue(key, out SharedRun? current) && current == run)
        {
            _runs.Remove(key);
        }
    }

    private sealed class SharedRun
    {
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // It has no timer, so that nothing need be disposed.
        public CancellationTokenSource Cancellation { get; } = new();

        public int Callers { get; set; }
    }
}
