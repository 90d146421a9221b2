using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Snapshots;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <content>How files are deleted: those of a collection, and those that a process left which ended half way.</content>
internal sealed partial class StoreDisk
{
    /// <summary>Deletes a collection, if it is there, with what was put aside of it. Its table must be closed.</summary>
    public void Delete(string name)
    {
        string prefix = StoreFileNames.Prefix(name);
        lock (_files)
        {
            _folder.Delete(StoreFileNames.CurrentOf(prefix));
            _folder.Sync();
            DeleteRest(prefix);
        }
    }

    /// <summary>Deletes a file that nobody needs; where that fails, the next opening does.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool TryDelete(string file)
    {
        try
        {
            _folder.Delete(file);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogLeftover(Path.Combine(_folder.Path, file), exception);
            return false;
        }
    }

    /// <summary>Deletes what there is of a collection that was deleted. What a system does not delete, as Windows does not while it is mapped, the next opening does: by a mark, which stays until then.</summary>
    private void DeleteRest(string prefix)
    {
        string mark = StoreFileNames.DeletedOf(prefix);
        bool isMarked = _folder.List().Contains(mark, StringComparer.Ordinal);
        bool isDeleted = true;
        foreach (string file in _folder.List().Where(file => StoreFileNames.IsOf(prefix, file) && (!(IsNumbered(prefix, file) || StoreFileNames.SnapshotOfIndex(prefix, file, out _) is not null) || IsOurs(file))))
        {
            isDeleted &= TryDelete(file);
        }

        if (isDeleted && isMarked)
        {
            TryDelete(mark);
        }
        else if (!isDeleted && !isMarked)
        {
            _folder.Create(mark).Dispose();
            _folder.Sync();
        }
    }

    /// <summary>The current log of a collection and its snapshot; null where that cannot be read, so that nobody knows which files are needed.</summary>
    private string[]? FilesOf(string prefix)
    {
        if (CurrentFile.TryRead(_folder, prefix) is not { } log)
        {
            return null;
        }

        try
        {
            return ReadHead(prefix).Snapshot is { } snapshot ? [log, snapshot] : [log];
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes what a process was making, or about to delete, when it ended. Logs without a current file, or beside one whose log is not there, stay: somebody may put that back.</summary>
    private void DeleteLeftovers()
    {
        // What is current may be so by a name that a loss of power would take back: then what is deleted here would be missing.
        _folder.Sync();
        HashSet<string> files = [.. _folder.List()];
        foreach (string prefix in files.Select(StoreFileNames.PrefixOfCurrent).OfType<string>().ToArray())
        {
            if (files.Contains(StoreFileNames.UnfinishedOf(StoreFileNames.CurrentOf(prefix))))
            {
                _folder.Delete(StoreFileNames.UnfinishedOf(StoreFileNames.CurrentOf(prefix)));
            }

            if (FilesOf(prefix) is { } kept && Array.TrueForAll(kept, files.Contains))
            {
                string? shadow = KeepShadow(prefix, files);
                foreach (string file in files.Except(kept).Where(file => file != shadow && IsNumbered(prefix, file)).Concat(FindOldIndexes(prefix, kept)).Where(IsOurs))
                {
                    TryDelete(file);
                }
            }
        }
    }

    /// <summary>Goes on with deletions of collections that were not made since.</summary>
    private void FinishDeletions()
    {
        foreach (string prefix in _folder.List().Select(StoreFileNames.PrefixOfDeleted).OfType<string>().ToArray())
        {
            if (_folder.List().Contains(StoreFileNames.CurrentOf(prefix), StringComparer.Ordinal))
            {
                TryDelete(StoreFileNames.DeletedOf(prefix));
            }
            else
            {
                DeleteRest(prefix);
            }
        }
    }

    private static bool IsNumbered(string prefix, string file) => StoreFileNames.NumberOfLog(prefix, file) is not null || StoreFileNames.NumberOfSnapshot(prefix, file) is not null;

    private bool IsOurs(string name)
    {
        using IStoreFile file = _folder.Open(name, isWritten: false);
        Span<byte> header = stackalloc byte[SnapshotFormat.HeaderLength];
        ReadOnlySpan<byte> read = header[..file.Read(0, header)];
        return LogFormat.ReadHeader(read, out _) is null || SnapshotFormat.ReadHeader(read, out _) is null || SnapshotFormat.ReadIndexHeader(read, out _) is null;
    }

    [LoggerMessage(LogLevel.Information, "'{Log}' is needed no more, and could not be deleted; the next opening deletes it.")]
    private partial void LogLeftover(string log, Exception exception);
}
