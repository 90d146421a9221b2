using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>Somebody who waits until the indexes know what was written.</summary>
/// <param name="target">What was written by then.</param>
internal sealed class IndexWaiter(TableSnapshot target)
{
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the indexes are to know: where rows have got other numbers since, all that is there.</summary>
    public TableSnapshot Target { get; set; } = target;

    /// <summary>Whether the indexes knew it; false where they were given up with the table before.</summary>
    public Task<bool> Done => _done.Task;

    public void End(bool isIndexed) => _done.TrySetResult(isIndexed);
}
