using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Copies the collections of a folder to another one, while others write.</summary>
/// <remarks>
/// The copy has a mark from before its first file is made until its last one survives a loss of power; a folder with that mark is opened by nobody. A snapshot is checked and copied as it is; a log is copied frame by frame, each of which is
/// checked, into a log with a number of its own.
/// </remarks>
internal sealed class StoreBackup(StoreCatalog catalog, IStoreFolder target)
{
    private const int BytesAtOnce = 1 << 20;

    private readonly List<string> _made = [];
    private readonly ByteWriter _frame = new();

    /// <summary>Copies all collections to a folder, which is made where it is not there.</summary>
    /// <exception cref="IOException">The folder has something in it.</exception>
    public static void Run(StoreCatalog catalog, string path, CancellationToken cancellationToken)
    {
        // First, so that its own folder is not taken for an empty one.
        catalog.OpenFolder();
        bool isNew = MakeFolder(path);
        try
        {
            new StoreBackup(catalog, new DiskFolder(path)).Run(cancellationToken);
        }
        catch
        {
            if (isNew)
            {
                TryDeleteEmpty(path);
            }

            throw;
        }
    }

    /// <summary>Copies all collections to the folder, which is empty.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        target.Create(StoreFileNames.HalfCopy).Dispose();
        try
        {
            target.Sync();
            foreach (string name in catalog.Names())
            {
                cancellationToken.ThrowIfCancellationRequested();
                CopyCollection(name, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            target.Delete(StoreFileNames.HalfCopy);
            target.Sync();
        }
        catch
        {
            TryTakeBack();
            throw;
        }
    }

    private void CopyCollection(string name, CancellationToken cancellationToken)
    {
        using LogView? log = catalog.ViewLog(name);
        if (log is null)
        {
            // It was deleted since the collections were listed.
            return;
        }

        if (log.Snapshot is { } snapshot)
        {
            CopySnapshot(snapshot, cancellationToken);
        }

        string prefix = StoreFileNames.Prefix(name);
        string copy = StoreFileNames.LogOf(prefix, 1);
        CopyLog(log, copy, cancellationToken);
        FlushLastFrame(copy);
        _made.AddRange([StoreFileNames.CurrentOf(prefix), StoreFileNames.UnfinishedOf(StoreFileNames.CurrentOf(prefix))]);
        CurrentFile.Write(target, prefix, copy, static () => { });
    }

    // Under its own name, which the log says.
    private void CopySnapshot(SnapshotView snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.FindDamage(out _, cancellationToken) is { } damage)
        {
            throw new InvalidDataException($"{damage} No backup was made: put the file back from an earlier one.");
        }

        string name = Path.GetFileName(snapshot.Path);
        using IStoreFile copy = target.Create(name);
        _made.Add(name);
        byte[] buffer = new byte[BytesAtOnce];
        for (long done = 0; snapshot.Read(done, buffer) is > 0 and int read; done += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            copy.Write(done, buffer.AsSpan(0, read));
        }

        copy.Flush();
    }

    private void CopyLog(LogView log, string name, CancellationToken cancellationToken)
    {
        using LogWriter copy = Begin(name);
        try
        {
            LogEnd end = log.Read((generation, payload) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                CopyFrame(copy, generation, payload);
            });
            if (log.FindDamage(end) is { } damage)
            {
                throw new InvalidDataException($"{damage} No backup was made: put the file back from an earlier one, or repair the collection by {nameof(LocalVectorStore)}.{nameof(LocalVectorStore.RepairAsync)} after the store was opened anew; what is in memory can be exported before.");
            }

            copy.Flush();
        }
        catch (Exception exception)
        {
            copy.Fail(exception);
            throw;
        }
    }

    private void CopyFrame(LogWriter copy, long generation, ReadOnlySpan<byte> payload)
    {
        _frame.Clear();
        _frame.Skip(LogFormat.FrameHeaderLength);
        _frame.Write(payload);
        copy.Append(generation, _frame.Written);
        _frame.Release();
    }

    private LogWriter Begin(string name)
    {
        IStoreFile file = target.Create(name);
        _made.Add(name);
        try
        {
            return LogWriter.Begin(file, Path.Combine(target.Path, name));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Deletes what was copied, the mark last. Where that fails the mark is there, and says what the rest is.</summary>
    private void TryTakeBack()
    {
        try
        {
            if (!target.List().Contains(StoreFileNames.HalfCopy, StringComparer.Ordinal))
            {
                target.Create(StoreFileNames.HalfCopy).Dispose();
            }

            target.Sync();
            _made.ForEach(target.Delete);
            target.Sync();
            target.Delete(StoreFileNames.HalfCopy);
            target.Sync();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What failed before is thrown: it is of more use.
        }
    }

    private void FlushLastFrame(string name)
    {
        using IStoreFile file = target.Open(name, isWritten: true);
        file.Flush();
    }

    private static void ThrowIfNotEmpty(string path)
    {
        if (DiskFolder.Access(path, static folder => Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            bool isHalf = File.Exists(Path.Combine(path, StoreFileNames.HalfCopy));
            throw new IOException($"The folder '{path}' is not empty{(isHalf ? ": it holds a backup that was interrupted, or is still being made" : "")}. A backup goes to a folder that is empty, or is not there.");
        }
    }

    private static void TryDeleteEmpty(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be taken back is in it, with the mark.
        }
    }

    /// <summary>Makes a folder, whose name then survives a loss of power.</summary>
    /// <returns>False where it was there, and empty.</returns>
    private static bool MakeFolder(string path)
    {
        if (Directory.Exists(path))
        {
            ThrowIfNotEmpty(path);
            return false;
        }

        List<string> parents = [];
        for (string? missing = Path.TrimEndingDirectorySeparator(path); missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
        {
            parents.Add(Path.GetDirectoryName(missing) ?? missing);
        }

        DiskFolder.Make(path);
        parents.ForEach(FolderSync.Sync);
        return true;
    }
}
