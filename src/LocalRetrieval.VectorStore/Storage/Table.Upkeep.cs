using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

internal sealed partial class Table
{
    /// <summary>The snapshot that was published last, and how many records it has.</summary>
    public TableSnapshot Read(out int records)
    {
        // A writer counts before it publishes.
        lock (_writing)
        {
            records = _published.State.LiveCount;
            return _published;
        }
    }

    /// <summary>Opens the log that the table writes to, as far as it is written; null where it writes to none, or no longer.</summary>
    public LogView? ViewLog(StoreDisk disk, string name)
    {
        lock (_writing)
        {
            return !_isClosed && _log?.Written is { } written ? disk.ViewLog(name, written) : null;
        }
    }

    /// <summary>Tells what the records take of memory, and of the log what is known without the disk.</summary>
    public CollectionStatistics Measure()
    {
        TableSnapshot snapshot = _published;
        int live = snapshot.State.LiveCount;
        return new CollectionStatistics
        {
            IsLoaded = true,
            Records = live,
            Generation = snapshot.Generation,
            DeadRecords = Math.Max(0, snapshot.State.DeadInMemory),
            SnapshotRecords = _log is null && snapshot.State.Stored is null ? null : snapshot.State.StoredCount,
            VectorIndexes = _indexes is null ? [] : [.. _indexes.Measure(snapshot)],
            FirstPasses = _firstPasses is null ? [] : [.. MeasureFirstPasses(snapshot.State)],
            VectorBytes = _model.VectorColumns.Sum(property => BytesOf(snapshot, property)),
            DeadOnDisk = _log is null && snapshot.State.Stored is null ? null : DeadInFiles,
            LogRecords = _log?.Rows,
            IsCompacting = !WhenCompactedAsync().IsCompleted,
        };
    }

    // With each dense vector its length is kept. Those of a snapshot are in its file, and an index that is being made is not waited for.
    private static long BytesOf(TableSnapshot snapshot, VectorProperty property) => property.IsSparse
        ? snapshot.LazyIndexes.IsMade ? snapshot.Indexes.GetVectors(property.Column).Postings * (sizeof(int) + sizeof(float)) : 0
        : property.IsMulti ? snapshot.State.GetTokens(property.Column).Bytes + (snapshot.State.FindFirstPass(property.Column)?.Bytes ?? 0)
        : (snapshot.Count - snapshot.State.StoredCount) * ((property.Dimensions * (property.IsHalf ? sizeof(ushort) : (long)sizeof(float))) + sizeof(float));
}
