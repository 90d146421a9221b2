namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Readers beside writers, each on a thread of its own: none of them waits, so that the pool's threads might never come to some of them.</summary>
internal static class Concurrently
{
    /// <summary>Writes until all readers have read enough, or until something fails.</summary>
    /// <param name="readers">Each reads until it has seen enough, and ends early when its token is cancelled.</param>
    /// <param name="writers">Each writes until its token is cancelled.</param>
    public static async Task RunAsync(Func<CancellationToken, Task>[] readers, params Func<CancellationToken, Task>[] writers)
    {
        using CancellationTokenSource stop = new();
        Task reading = Task.WhenAll(readers.Select(read => OnThread(() => read(stop.Token))));
        Task[] writing = [.. writers.Select(write => OnThread(() => write(stop.Token)))];
        await Task.WhenAny([reading, .. writing]);
        await stop.CancelAsync();
        await Task.WhenAll([reading, .. writing]);
    }

    private static Task OnThread(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
}
