namespace LocalRetrieval.Encoders;

/// <summary>Works on portions in their order, two at a time: what is done to one before it first waits overlaps with the wait of the one before.</summary>
internal static class Pipeline
{
    /// <summary>Works on all portions; the first error ends it, when what is under way has ended.</summary>
    public static async Task RunAsync(List<int[]> portions, Func<int[], CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (portions.Count <= 1)
        {
            await (portions.Count == 0 ? Task.CompletedTask : work(portions[0], cancellationToken)).ConfigureAwait(false);
            return;
        }

        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task before = Task.CompletedTask;
        try
        {
            foreach (int[] portion in portions)
            {
                Task current = work(portion, failed.Token);
                (Task last, before) = (before, current);
                await last.ConfigureAwait(false);
            }

            await before.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await failed.CancelAsync().ConfigureAwait(false);
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (exception is OperationCanceledException)
            {
                // By the token that the caller knows.
                cancellationToken.ThrowIfCancellationRequested();
            }

            throw;
        }
    }
}
