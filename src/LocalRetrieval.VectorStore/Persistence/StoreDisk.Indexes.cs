using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Persistence;

/// <content>The files of indexes over dense vectors. Each belongs to a snapshot, and goes with it.</content>
internal sealed partial class StoreDisk
{
    /// <summary>Whether files of indexes may be written.</summary>
    public bool KeepsIndexes => !_isReadOnly;

    /// <summary>The file of a column's index over a snapshot; null where there is none, or the snapshot is no longer the collection's.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="number">The snapshot's random number.</param>
    /// <param name="column">The column.</param>
    public string? FindIndex(string name, ulong number, int column) => NameIndex(name, number, column) is { } file && _folder.List().Contains(file, StringComparer.Ordinal) ? file : null;

    public IStoreFile OpenIndex(string file) => _folder.Open(file, isWritten: false);

    public MappedBytes MapIndex(string file) => _folder.Map(file);

    /// <summary>Writes the file of a column's index over a snapshot, unless the snapshot is no longer the collection's.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="number">The snapshot's random number.</param>
    /// <param name="column">The column.</param>
    /// <param name="write">Writes the file, and flushes it.</param>
    public void SaveIndex(string name, ulong number, int column, Action<IStoreFile> write)
    {
        if (NameIndex(name, number, column) is not { } file)
        {
            return;
        }

        string unfinished = StoreFileNames.UnfinishedOf(file);
        bool isNamed = false;
        _folder.Delete(unfinished);
        try
        {
            using (IStoreFile content = _folder.Create(unfinished))
            {
                write(content);
            }

            lock (_files)
            {
                // It may be another snapshot's collection by now.
                if (NameIndex(name, number, column) is not null)
                {
                    _folder.Rename(unfinished, file);
                    isNamed = true;
                }
            }
        }
        finally
        {
            if (!isNamed)
            {
                TryDelete(unfinished);
            }
        }
    }

    private string? NameIndex(string name, ulong number, int column)
    {
        string prefix = StoreFileNames.Prefix(name);
        if (!Exists(name))
        {
            return null;
        }

        LogHead head = ReadHead(prefix);
        return head.Snapshot is { } snapshot && head.SnapshotNumber == number && StoreFileNames.NumberOfSnapshot(prefix, snapshot) is { } file
            ? StoreFileNames.IndexOf(prefix, file, column)
            : null;
    }

    /// <summary>Deletes a collection's files of indexes, before its log loses what it ends with: they may leave out rows that were deleted there, and are not any more.</summary>
    private void DeleteIndexes(string prefix)
    {
        foreach (string file in _folder.List().Where(file => StoreFileNames.SnapshotOfIndex(prefix, file, out _) is not null).Where(IsOurs).ToArray())
        {
            _folder.Delete(file);
        }

        // A loss of power has them back otherwise, and the log cut.
        _folder.Sync();
    }

    /// <summary>The files of indexes, whole or not, that belong to no snapshot which is kept.</summary>
    private IEnumerable<string> FindOldIndexes(string prefix, string[] kept)
    {
        int? current = kept.Select(file => StoreFileNames.NumberOfSnapshot(prefix, file)).FirstOrDefault(number => number is not null);
        return _folder.List().Where(file => StoreFileNames.SnapshotOfIndex(prefix, file, out bool isWhole) is { } number && (number != current || !isWhole));
    }
}
