using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>Keeps the indexes of a collection over the rows of its snapshot in files beside that. What fails here costs time, and nothing else.</summary>
/// <param name="disk">Has the collection's files.</param>
/// <param name="name">The collection's name.</param>
/// <param name="logger">Told what cannot be used, or written.</param>
internal sealed partial class IndexFiles(StoreDisk disk, string name, ILogger logger)
{
    /// <summary>Whether files are written, and not only read.</summary>
    public bool IsWritten => disk.KeepsIndexes;

    /// <summary>The index of a column as its file has it.</summary>
    /// <param name="stored">The snapshot.</param>
    /// <param name="column">The column.</param>
    /// <param name="make">Makes an index that knows nothing.</param>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="isExpected">Whether it is told where there is none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The index; null where the file is missing or cannot be used.</returns>
    public VectorIndex? TryLoad(SnapshotRows stored, int column, Func<VectorIndex?> make, VectorBlocks vectors, bool isExpected, CancellationToken cancellationToken)
    {
        string? file = null;
        try
        {
            if (make() is not { Format: not null } index)
            {
                return null;
            }

            file = disk.FindIndex(name, stored.File.Number, column);
            if (file is not null)
            {
                return Load(file, stored, index, vectors, cancellationToken);
            }

            if (isExpected)
            {
                SafeLog.Try(() => LogMissing(name, stored.Count));
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            SafeLog.Try(() => LogUnusable(file ?? "?", name, exception.Message));
        }

        return null;
    }

    /// <summary>Writes the file of a column's index, which knows just the rows of the snapshot; nothing where the index saves nothing.</summary>
    public void TrySave(SnapshotRows stored, int column, VectorIndex index, CancellationToken cancellationToken)
    {
        if (index.Format is not { } format)
        {
            return;
        }

        try
        {
            disk.SaveIndex(name, stored.File.Number, column, file => IndexFile.Write(file, stored.File.Number, format, index, cancellationToken));
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            SafeLog.Try(() => LogUnwritten(name, exception));
        }
    }

    private VectorIndex Load(string file, SnapshotRows stored, VectorIndex index, VectorBlocks vectors, CancellationToken cancellationToken)
    {
        using IStoreFile content = disk.OpenIndex(file);
        IndexFile.Load(content, () => disk.MapIndex(file), stored, index, vectors, cancellationToken);
        return index;
    }

    [LoggerMessage(LogLevel.Information, "Collection '{Name}' has no file of an index over the {Rows} records of its snapshot: the index is made in the background.")]
    private partial void LogMissing(string name, int rows);

    [LoggerMessage(LogLevel.Warning, "'{File}', an index of collection '{Name}', cannot be used, and is made anew: {Fault}")]
    private partial void LogUnusable(string file, string name, string fault);

    [LoggerMessage(LogLevel.Warning, "An index of collection '{Name}' could not be written, and is made anew at the next opening.")]
    private partial void LogUnwritten(string name, Exception exception);
}
