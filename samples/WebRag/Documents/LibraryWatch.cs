using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LocalRetrieval.Rag;

namespace WebRag.Documents;

/// <summary>Follows the first indexing of the folder.</summary>
internal static class LibraryWatch
{
    /// <summary>Tells how far it is whenever that changes, and ends when all is done.</summary>
    public static async IAsyncEnumerable<LibraryProgress> FollowAsync(
        PassageSync sync, CancellationToken stopping, [EnumeratorCancellation] CancellationToken requested)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(requested, stopping);
        CancellationToken cancellationToken = ending.Token;

        // The newest is enough for a slow reader.
        Channel<LibraryProgress> steps = Channel.CreateBounded<LibraryProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Task<SyncResult> ready = sync.ReadyAsync(new StepWriter(steps.Writer), cancellationToken);
        _ = ready.ContinueWith(_ => steps.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await foreach (LibraryProgress step in steps.Reader.ReadAllAsync(cancellationToken))
        {
            yield return step;
        }

        yield return Done(await ready);
    }

    private static LibraryProgress Done(SyncResult result)
    {
        int files = result.New.Count + result.Changed.Count + result.Unchanged.Count + result.Renamed.Count;
        return new LibraryProgress
        {
            IsReady = true,
            Done = files,
            Total = files,
        };
    }

    private sealed class StepWriter(ChannelWriter<LibraryProgress> steps) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => steps.TryWrite(new LibraryProgress
        {
            IsReady = false,
            Done = value.Sources,
            Total = value.TotalSources,
            Last = value.Source is { } source ? DocumentName.Clean(source) : null,
            Error = value.Error?.Message,
        });
    }
}
