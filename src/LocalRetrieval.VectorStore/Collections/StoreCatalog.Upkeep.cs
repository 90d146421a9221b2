using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

internal sealed partial class StoreCatalog
{
    /// <summary>Opens the log of a collection beside its writer, as far as that has come; null where there is no such collection.</summary>
    /// <exception cref="InvalidOperationException">There is no folder.</exception>
    /// <exception cref="InvalidDataException">Which log is the collection's cannot be read.</exception>
    public LogView? ViewLog(string name)
    {
        // Nobody opens the collection meanwhile, so that its log is written by its table, or by nobody.
        lock (_changing)
        {
            StoreDisk disk = Folder();
            return disk.Exists(name) ? ViewLog(disk, name) : null;
        }
    }

    /// <summary>Checks the files of a collection; null where there is no such collection.</summary>
    /// <exception cref="InvalidOperationException">There is no folder.</exception>
    public CollectionVerification? Verify(string name, CancellationToken cancellationToken)
    {
        VerifiedFile current;
        LogView? log;
        lock (_changing)
        {
            StoreDisk disk = Folder();
            if (!disk.Exists(name))
            {
                return null;
            }

            current = disk.VerifyCurrent(name);
            log = current.Damage is null ? ViewLog(disk, name) : null;
        }

        using (log)
        {
            return new CollectionVerification
            {
                Files =
                [
                    current,
                    .. log?.Snapshot is { } snapshot ? (VerifiedFile[])[Verify(snapshot, cancellationToken)] : [],
                    .. log is null ? (VerifiedFile[])[] : [new LogVerification(log, cancellationToken).Run()],
                ],
            };
        }
    }

    /// <summary>Reads the snapshot of a collection, which exists, if it has one, and says in words where it is not as it was written.</summary>
    public string? FindSnapshotDamage(string name, CancellationToken cancellationToken)
    {
        StoreDisk disk;
        lock (_changing)
        {
            disk = Folder();
        }

        return disk.FindSnapshotDamage(name, cancellationToken);
    }

    /// <summary>Tells what a collection takes of memory and disk; null where there is no such collection.</summary>
    public CollectionStatistics? Measure(string name)
    {
        StoreDisk? disk = _disk;
        if (!_tables.TryGetValue(name, out Table? table))
        {
            lock (_changing)
            {
                disk = Disk();
                if (!_tables.TryGetValue(name, out table) && disk?.Exists(name) != true)
                {
                    return null;
                }
            }
        }

        CollectionStatistics statistics = table?.Measure() ?? new CollectionStatistics();
        return disk?.Measure(name, statistics) ?? statistics;
    }

    /// <summary>Opens the folder, if it is not open yet.</summary>
    /// <exception cref="InvalidOperationException">There is no folder.</exception>
    public void OpenFolder()
    {
        lock (_changing)
        {
            Folder();
        }
    }

    private static VerifiedFile Verify(SnapshotView snapshot, CancellationToken cancellationToken)
    {
        string? damage = snapshot.FindDamage(out int rows, cancellationToken);
        return new VerifiedFile { Name = Path.GetFileName(snapshot.Path), Bytes = snapshot.Length, Rows = rows, Damage = damage };
    }

    private LogView ViewLog(StoreDisk disk, string name) => FindLoaded(name)?.ViewLog(disk, name) ?? disk.ViewLog(name);

    private StoreDisk Folder() => Disk() ?? throw new InvalidOperationException(
        $"The store has no {nameof(LocalVectorStoreOptions.Path)}: its collections are in memory alone, and have no files.");
}
