using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Upkeep;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <content>The indexes over dense vectors, which follow the rows from behind.</content>
internal sealed partial class Table
{
    private readonly int[] _warnedOfIndex;
    private IndexUpkeep? _indexes;

    /// <summary>Has the indexes over dense vectors kept in the background.</summary>
    /// <param name="indexes">Whoever keeps them; null where there are none.</param>
    public void IndexBy(IndexUpkeep? indexes)
    {
        _indexes = indexes;
        indexes?.Consider();
    }

    /// <summary>Whether somebody waits for the indexes over dense vectors.</summary>
    public bool AreIndexesWaitedFor => _indexes?.IsWaitedFor == true;

    /// <summary>Ends when the indexes over dense vectors know all that was written before, and nothing is being made that chooses among rows of several.</summary>
    /// <returns>False where the table was closed before.</returns>
    public async Task<bool> WhenIndexedAsync(CancellationToken cancellationToken)
    {
        Task<bool>? indexed = _indexes?.WhenIndexedAsync(cancellationToken);
        bool isMade = _firstPasses is null || await _firstPasses.WhenMadeAsync(cancellationToken).ConfigureAwait(false);
        return (indexed is null || await indexed.ConfigureAwait(false)) && isMade;
    }

    /// <summary>Ends when nothing is done for the indexes over dense vectors.</summary>
    public Task WhenIndexesAreIdleAsync() => _indexes?.WhenIdleAsync() ?? Task.CompletedTask;

    /// <summary>Ends what is done for the indexes over dense vectors and for first passes, and does not wait for that.</summary>
    public void EndIndexing()
    {
        _indexes?.End();
        _firstPasses?.Dispose();
    }

    /// <summary>Leaves the indexes over dense vectors and first passes as they are.</summary>
    public void StopIndexing()
    {
        _firstPasses?.Dispose();
        _indexes?.Dispose();
    }

    /// <summary>Whether a column is asked for with another index than the table has, and this is the first call that finds so. To ask for none is to have all vectors compared.</summary>
    /// <param name="asked">The column, as it is asked for.</param>
    /// <param name="kind">The index that the table has.</param>
    public bool TryClaimIndexWarning(VectorProperty asked, out VectorIndexKind kind)
    {
        kind = _model.VectorColumns[asked.Column].IndexKind;
        return asked.IndexKind != VectorIndexKind.Flat && asked.IndexKind != kind && Interlocked.Exchange(ref _warnedOfIndex[asked.Column], 1) == 0;
    }
}
