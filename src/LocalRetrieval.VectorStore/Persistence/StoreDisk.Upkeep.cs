using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Persistence;

internal sealed partial class StoreDisk
{
    /// <summary>Opens the log of a collection, which exists, beside its writer.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="written">How much of it a writer has written; null where nobody writes to it.</param>
    /// <exception cref="InvalidDataException">Which log is the collection's cannot be read.</exception>
    public LogView ViewLog(string name, long? written = null)
    {
        lock (_files)
        {
            string prefix = StoreFileNames.Prefix(name);
            for (int attempt = 0; ; attempt++)
            {
                (string log, LogView view) = ReadCurrent(prefix, current => (current, ViewLogFile(current, written)));
                if (view.Snapshot is not { IsMissing: true } || !IsReplaced(prefix, log, attempt))
                {
                    return view;
                }

                // The snapshot went with a log that the writer has replaced meanwhile.
                view.Dispose();
            }
        }
    }

    /// <summary>Reads the snapshot of a collection, if it has one, and says in words where it is not as it was written.</summary>
    public string? FindSnapshotDamage(string name, CancellationToken cancellationToken, Action? goOn = null)
    {
        using LogView view = ViewLog(name);
        return view.Snapshot?.FindDamage(out _, cancellationToken, goOn);
    }

    private LogView ViewLogFile(string log, long? written)
    {
        IStoreFile file = _folder.Open(log, isWritten: false);
        try
        {
            return new LogView(file, Path.Combine(_folder.Path, log), written) { Snapshot = ViewSnapshot(log) };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The snapshot that a log goes on behind; null for none, and where the log does not say so.</summary>
    private SnapshotView? ViewSnapshot(string log)
    {
        LogHead head;
        try
        {
            head = ReadHeadOf(log);
        }
        catch (InvalidDataException)
        {
            // Whoever reads the log finds that out.
            return null;
        }

        if (head.Snapshot is not { } snapshot)
        {
            return null;
        }

        string path = Path.Combine(_folder.Path, snapshot);
        return _folder.List().Contains(snapshot, StringComparer.Ordinal)
            ? new SnapshotView(path, head.SnapshotNumber, _folder.Open(snapshot, isWritten: false))
            : new SnapshotView(path, head.SnapshotNumber, file: null);
    }

    /// <summary>Checks the file that says which log is a collection's. The collection exists.</summary>
    public VerifiedFile VerifyCurrent(string name)
    {
        string prefix = StoreFileNames.Prefix(name);
        string file = StoreFileNames.CurrentOf(prefix);
        lock (_files)
        {
            for (int attempt = 0; ; attempt++)
            {
                string? log = CurrentFile.TryRead(_folder, prefix);
                string? damage = log is null ? $"'{Path.Combine(_folder.Path, file)}' is not as it was written, so that it is not known which log is the collection's."
                    : !_folder.List().Contains(log, StringComparer.Ordinal) ? $"'{Path.Combine(_folder.Path, log)}', the log of the collection, is not there."
                    : null;
                if (damage is null || !IsReplaced(prefix, log, attempt))
                {
                    return new VerifiedFile { Name = file, Bytes = LengthOf(file), Damage = damage };
                }
            }
        }
    }

    /// <summary>Adds what a collection takes of the disk.</summary>
    public CollectionStatistics Measure(string name, CollectionStatistics statistics)
    {
        string prefix = StoreFileNames.Prefix(name);
        string current = StoreFileNames.CurrentOf(prefix);
        lock (_files)
        {
            string? log = Exists(name) ? CurrentFile.TryRead(_folder, prefix) : null;
            foreach (string file in _folder.List())
            {
                statistics = file == log ? statistics with { LogBytes = LengthOf(file) }
                    : StoreFileNames.NumberOfSnapshot(prefix, file) is not null ? statistics with { SnapshotBytes = statistics.SnapshotBytes + LengthOf(file) }
                    : StoreFileNames.SnapshotOfIndex(prefix, file, out _) is not null ? statistics with { IndexBytes = statistics.IndexBytes + LengthOf(file) }
                    : StoreFileNames.IsAside(prefix, file) ? statistics with { AsideBytes = statistics.AsideBytes + LengthOf(file) }
                    : file == current || StoreFileNames.IsOf(prefix, file) ? statistics with { OtherBytes = statistics.OtherBytes + LengthOf(file) }
                    : statistics;
            }

            return statistics;
        }
    }

    /// <summary>Refuses a folder that a backup was on its way to.</summary>
    private void ThrowIfHalfCopied()
    {
        if (_folder.List().Contains(StoreFileNames.HalfCopy, StringComparer.Ordinal))
        {
            throw new InvalidDataException(
                $"The folder '{_folder.Path}' has the file '{StoreFileNames.HalfCopy}': it holds a backup that was interrupted, or is still being made. Wait for it, or delete the folder and make the backup again.");
        }
    }

    private long LengthOf(string name)
    {
        try
        {
            using IStoreFile file = _folder.Open(name, isWritten: false);
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            // It was deleted since the folder was listed.
            return 0;
        }
    }
}
