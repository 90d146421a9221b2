using System.Globalization;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Opens the log of a collection: reads it into a table, puts a torn tail aside, and goes on behind the last frame that is whole.</summary>
internal sealed partial class LogRecovery(IStoreFolder folder, string log, ILogger logger)
{
    private readonly string _path = Path.Combine(folder.Path, log);

    /// <exception cref="InvalidDataException">The log is damaged in its middle, or foreign.</exception>
    public Table Open(string name, RecordModel model, KeywordIndex noKeywords, SnapshotRows? stored, Durability durability)
    {
        Table table = new(model, noKeywords, stored);
        RowCodec rows = new(model);
        IStoreFile file = folder.Open(log, isWritten: true);
        try
        {
            LogReader reader = LogReader.Open(file, _path);
            LogReplay replay = new(table, model, rows);
            table.BeginRestoring();
            LogEnd end = Replay(reader, replay);
            ThrowIfDamaged(name, end);
            table.EndRestoring();
            CutTail(file, end);
            table.WriteTo(new CollectionLog(LogWriter.Continue(file, _path, reader.Number, end.Offset), rows, durability, replay.Rows));
            return table;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a log that another process may be writing: it is read as far as it is whole, and stays as it is.</summary>
    public (Table Table, LogTail Tail) OpenToRead(string name, RecordModel model, KeywordIndex noKeywords, SnapshotRows? stored)
    {
        Table table = new(model, noKeywords, stored);
        IStoreFile file = folder.Open(log, isWritten: false);
        try
        {
            LogReader reader = LogReader.Open(file, _path);
            LogReplay replay = new(table, model, new RowCodec(model));
            table.BeginRestoring();
            LogEnd end = Replay(reader, replay);
            table.EndRestoring();
            TellDamage(end);
            table.CloseForWriting();
            return (table, new LogTail(log, file, reader, replay, end, TellDamage));
        }
        catch
        {
            file.Dispose();
            throw;
        }

        void TellDamage(LogEnd found)
        {
            if (found.IsDamaged)
            {
                LogDamaged(_path, name, found.Offset, found.LaterFrames);
            }
        }
    }

    /// <summary>Keeps what stands before the damage; the rest is put aside.</summary>
    /// <param name="cutting">Called before anything is cut off.</param>
    /// <returns>How many bytes were put aside.</returns>
    public long Repair(Action cutting)
    {
        using IStoreFile file = folder.Open(log, isWritten: true);
        LogEnd end = LogReader.Open(file, _path).Read(static (_, _) => { });
        if (end.Length > end.Offset)
        {
            cutting();
            PutAside(file, end, StoreFileNames.DamagedOf(log, end.Offset));
        }

        return end.Length - end.Offset;
    }

    private void ThrowIfDamaged(string name, LogEnd end)
    {
        if (end.IsDamaged)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{_path}', the log of collection '{name}', is damaged at byte {end.Offset:N0} of {end.Length:N0}, with {end.LaterFrames:N0} whole frames behind that. Nothing was changed. Put the file back from a backup, or call {nameof(LocalVectorStore)}.{nameof(LocalVectorStore.RepairAsync)}, which keeps what stands before the damage and puts the rest aside."));
        }
    }

    private void CutTail(IStoreFile file, LogEnd end)
    {
        if (end.IsTorn)
        {
            string torn = StoreFileNames.TornOf(log, end.Offset);
            PutAside(file, end, torn);
            LogTorn(_path, end.Length - end.Offset, torn);
        }
    }

    /// <summary>Copies what stands behind the last whole frame to a file of its own, and cuts it off.</summary>
    private void PutAside(IStoreFile file, LogEnd end, string name)
    {
        using (IStoreFile aside = folder.Create(FreeName(name)))
        {
            byte[] buffer = new byte[1 << 16];
            for (long offset = end.Offset; file.Read(offset, buffer) is > 0 and int read; offset += read)
            {
                aside.Write(offset - end.Offset, buffer.AsSpan(0, read));
            }

            aside.Flush();
        }

        folder.Sync();
        file.SetLength(end.Offset);
        file.Flush();
    }

    private LogEnd Replay(LogReader reader, LogReplay replay)
    {
        try
        {
            return reader.Read(replay.Apply);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{_path}' cannot be read: {exception.Message}", exception);
        }
    }

    // What was put aside before is the only copy of it.
    private string FreeName(string name)
    {
        IReadOnlyList<string> files = folder.List();
        string[] names = [name, .. Enumerable.Range(2, 1000).Select(number => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}"))];
        return names.First(free => !files.Contains(free, StringComparer.Ordinal));
    }

    [LoggerMessage(LogLevel.Error, "'{Log}', the log of collection '{Name}', is damaged at byte {Offset}, with {Frames} whole frames behind that. What stands before is read.")]
    private partial void LogDamaged(string log, string name, long offset, int frames);

    [LoggerMessage(LogLevel.Warning, "'{Log}' ended with {Bytes} bytes that had not reached the disk as a whole; they are in '{Torn}'.")]
    private partial void LogTorn(string log, long bytes, string torn);
}
