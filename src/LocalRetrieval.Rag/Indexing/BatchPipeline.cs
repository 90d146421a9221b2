using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LocalRetrieval.Rag;

/// <summary>
/// Prepares items, several at a time, works on them in batches and finishes these, all three at once; the order stays, and so few items are
/// under way that memory does not depend on their number.
/// </summary>
/// <param name="prepare">Reads an item and cuts it.</param>
/// <param name="weigh">How much of a batch an item fills.</param>
/// <param name="batchSize">The weight of a full batch, and the most items in one.</param>
/// <param name="work">Embeds a batch.</param>
/// <param name="finish">Writes a batch.</param>
internal sealed class BatchPipeline<TInput, TItem>(
    Func<TInput, CancellationToken, Task<TItem>> prepare,
    Func<TItem, int> weigh,
    int batchSize,
    Func<IReadOnlyList<TItem>, CancellationToken, Task> work,
    Func<IReadOnlyList<TItem>, CancellationToken, Task> finish)
{
    /// <summary>Preparing is mostly parsing; more at once would hold more documents than the machine works on.</summary>
    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>Takes all items through.</summary>
    /// <remarks>When it ends, be it by a failure or by cancellation, nothing of it is under way any more.</remarks>
    public async Task RunAsync(IAsyncEnumerable<TInput> inputs, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<TItem>> prepared = Channel.CreateBounded<Task<TItem>>(new BoundedChannelOptions(AtOnce) { SingleReader = true, SingleWriter = true });
        Channel<IReadOnlyList<TItem>> ready = Channel.CreateBounded<IReadOnlyList<TItem>>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        StageFailure first = new(end);
        await Task.WhenAll(
            first.GuardAsync(() => PrepareAsync(inputs, prepared, end.Token)),
            first.GuardAsync(() => WorkAsync(prepared.Reader, ready, end.Token)),
            first.GuardAsync(() => FinishAsync(ready.Reader, end.Token))).ConfigureAwait(false);
        await DrainAsync(prepared.Reader).ConfigureAwait(false);
        first.Throw(cancellationToken);
    }

    private async Task PrepareAsync(IAsyncEnumerable<TInput> inputs, Channel<Task<TItem>> prepared, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (TInput input in inputs.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                // The place in the channel is taken before the work begins, so that no more is under way than it holds.
                await prepared.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                prepared.Writer.TryWrite(Task.Run(() => prepare(input, cancellationToken), CancellationToken.None));
            }
        }
        finally
        {
            prepared.Writer.Complete();
        }
    }

    private async Task WorkAsync(ChannelReader<Task<TItem>> prepared, Channel<IReadOnlyList<TItem>> ready, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (IReadOnlyList<TItem> batch in BatchesAsync(prepared, cancellationToken).ConfigureAwait(false))
            {
                await work(batch, cancellationToken).ConfigureAwait(false);
                await ready.Writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ready.Writer.Complete();
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<TItem>> BatchesAsync(ChannelReader<Task<TItem>> prepared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TItem> batch = [];
        int weight = 0;
        await foreach (Task<TItem> next in prepared.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            TItem item = await next.ConfigureAwait(false);
            batch.Add(item);
            weight += weigh(item);
            if (weight >= batchSize || batch.Count >= batchSize)
            {
                yield return batch;
                (batch, weight) = ([], 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task FinishAsync(ChannelReader<IReadOnlyList<TItem>> ready, CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<TItem> batch in ready.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await finish(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task DrainAsync(ChannelReader<Task<TItem>> prepared)
    {
        while (prepared.TryRead(out Task<TItem>? task))
        {
            // What it failed by is told by the stage that ended the run.
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
