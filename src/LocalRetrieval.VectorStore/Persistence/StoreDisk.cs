using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>The collections of a folder: which there are, and their tables, which write to it.</summary>
/// <remarks>One caller at a time. A collection exists from the moment on that its current file is there, and until that is not.</remarks>
internal sealed class StoreDisk : IDisposable
{
    private readonly IStoreFolder _folder;
    private readonly Durability _durability;
    private readonly ILogger _logger;
    private readonly IDisposable? _lock;
    private readonly int _leastDeadRows;

    /// <param name="folder">The folder.</param>
    /// <param name="durability">What an acknowledged write survives.</param>
    /// <param name="logger">Told what was found half done.</param>
    /// <param name="held">What keeps others out; disposed with this.</param>
    /// <param name="leastDeadRows">From how many rows on that are no longer there a log is rewritten without them.</param>
    public StoreDisk(IStoreFolder folder, Durability durability, ILogger logger, IDisposable? held = null, int leastDeadRows = LogCompaction.LeastDeadRows)
    {
        _leastDeadRows = leastDeadRows;
        _folder = folder;
        _durability = durability;
        _logger = logger;
        _lock = held;
        DeleteLeftovers();
    }

    /// <summary>Opens a folder, which is made where it is not there, for this process alone.</summary>
    /// <exception cref="IOException">Another store writes there, or it cannot be written to.</exception>
    public static StoreDisk Open(string path, Durability durability, ILogger logger)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        StoreLock held = StoreLock.Take(full);
        try
        {
            return new StoreDisk(new DiskFolder(full), durability, logger, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The collections' names.</summary>
    public IEnumerable<string> Names() => _folder.List().Select(StoreFileNames.PrefixOfCurrent).OfType<string>().Select(prefix => ReadSchema(prefix).Name);

    public bool Exists(string name) => _folder.List().Contains(StoreFileNames.CurrentOf(StoreFileNames.Prefix(name)), StringComparer.Ordinal);

    /// <summary>Reads a collection into a table, whose vectors are of the dimensions that they have on disk.</summary>
    /// <returns>The table, which writes to the collection's log; null where there is no such collection.</returns>
    /// <exception cref="InvalidOperationException">The collection stores something else than other dimensions.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or foreign.</exception>
    public Table? Open(string name, RecordModel model, KeywordIndex noKeywords)
    {
        if (!Exists(name))
        {
            return null;
        }

        string prefix = StoreFileNames.Prefix(name);
        StoredSchema schema = ReadSchema(prefix);
        ThrowIfOther(name, schema, model);
        RecordModel stored = model.WithDimensions(schema.Dimensions);
        string log = CurrentFile.Read(_folder, prefix);
        Table table = new LogRecovery(_folder, log, _logger).Open(name, stored, noKeywords, _durability);
        table.CompactBy(new LogCompaction(this, name, stored, table, _leastDeadRows, _logger));
        return table;
    }

    /// <summary>Keeps of a log what stands before its damage; the rest is put aside.</summary>
    /// <returns>How many bytes were put aside.</returns>
    public long Repair(string name) => Exists(name) ? new LogRecovery(_folder, CurrentFile.Read(_folder, StoreFileNames.Prefix(name)), _logger).Repair() : 0;

    /// <summary>Makes a collection.</summary>
    public Table Create(string name, RecordModel model, KeywordIndex noKeywords)
    {
        Table table = new(model, noKeywords);
        string prefix = StoreFileNames.Prefix(name);
        string log = NextLog(prefix);
        CollectionLog written = Begin(log, name, model);
        try
        {
            CurrentFile.Write(_folder, prefix, log);
        }
        catch
        {
            written.Dispose();
            throw;
        }

        table.WriteTo(written);
        table.CompactBy(new LogCompaction(this, name, model.WithoutGenerators(), table, _leastDeadRows, _logger));
        return table;
    }

    /// <summary>Deletes a collection, if it is there. Its table must be closed.</summary>
    public void Delete(string name)
    {
        string prefix = StoreFileNames.Prefix(name);
        _folder.Delete(StoreFileNames.CurrentOf(prefix));
        _folder.Sync();
        DeleteLogs(prefix, keep: null);
    }

    /// <summary>Has a table write to a log of a collection that is not its current one yet.</summary>
    /// <returns>The log's file.</returns>
    public string BeginReplacement(string name, RecordModel model, Table table)
    {
        string file = NextLog(StoreFileNames.Prefix(name));
        table.WriteTo(Begin(file, name, model));
        table.CompactBy(new LogCompaction(this, name, model.WithoutGenerators(), table, _leastDeadRows, _logger));
        return file;
    }

    /// <summary>Begins a log of a collection with what it stores.</summary>
    public (string File, LogWriter Log) BeginLog(string name, RecordModel model)
    {
        string file = NextLog(StoreFileNames.Prefix(name));
        return (file, BeginLog(file, name, model));
    }

    /// <summary>Opens the log of a collection beside its writer.</summary>
    public IStoreFile OpenCurrent(string name, out string path)
    {
        string log = CurrentFile.Read(_folder, StoreFileNames.Prefix(name));
        path = Path.Combine(_folder.Path, log);
        return _folder.Open(log, isWritten: false);
    }

    /// <summary>What writes further changes behind what a log has.</summary>
    public CollectionLog GoOn(LogWriter log, RecordModel model, long rows) => new(log, new RowCodec(model), _durability, rows);

    /// <summary>Deletes a log that did not become a collection's.</summary>
    public void DeleteLog(string file) => _folder.Delete(file);

    /// <summary>Has a log be the collection's, and deletes the one before.</summary>
    public void Replace(string name, string log)
    {
        string prefix = StoreFileNames.Prefix(name);
        CurrentFile.Write(_folder, prefix, log);
        DeleteLogs(prefix, keep: log);
    }

    public void Dispose() => _lock?.Dispose();

    private CollectionLog Begin(string log, string name, RecordModel model)
    {
        RowCodec rows = new(model);
        return new CollectionLog(BeginLog(log, name, model), rows, _durability);
    }

    private LogWriter BeginLog(string log, string name, RecordModel model)
    {
        _folder.Delete(log);
        LogWriter writer = LogWriter.Begin(_folder.Create(log), Path.Combine(_folder.Path, log));
        ByteWriter frame = new();
        frame.Skip(LogFormat.FrameHeaderLength);
        frame.WriteByte((byte)ChangeKind.Schema);
        StoredSchema.Of(name, model).Write(frame);
        writer.Append(0, frame.Written);
        writer.FlushAsync(writer.Length).GetAwaiter().GetResult();
        return writer;
    }

    private StoredSchema ReadSchema(string prefix)
    {
        string log = CurrentFile.Read(_folder, prefix);
        string path = Path.Combine(_folder.Path, log);
        using IStoreFile file = _folder.Open(log, isWritten: false);
        return LogReader.Open(file, path).ReadFirst(static (ref reader) => (ChangeKind)reader.ReadByte() == ChangeKind.Schema ? StoredSchema.Read(ref reader) : null)
            ?? throw new InvalidDataException($"'{path}' does not begin with what the collection stores: it is damaged, or foreign. Put it back from a backup, or delete the collection.");
    }

    private static void ThrowIfOther(string name, StoredSchema stored, RecordModel asked)
    {
        if (stored.DifferenceFrom(StoredSchema.Of(name, asked)) is { } difference)
        {
            throw new InvalidOperationException($"Collection '{name}' exists and has {difference}. Delete it first, or use another name.");
        }
    }

    private string NextLog(string prefix) =>
        StoreFileNames.LogOf(prefix, 1 + _folder.List().Select(file => StoreFileNames.NumberOfLog(prefix, file) ?? 0).DefaultIfEmpty(0).Max());

    private void DeleteLogs(string prefix, string? keep)
    {
        foreach (string file in _folder.List().Where(file => file != keep && StoreFileNames.NumberOfLog(prefix, file) is not null))
        {
            _folder.Delete(file);
        }
    }

    // What a process was making when it ended: nothing names it.
    private void DeleteLeftovers()
    {
        IReadOnlyList<string> files = _folder.List();
        foreach (string file in files.Where(StoreFileNames.IsUnfinished))
        {
            _folder.Delete(file);
        }

        // Logs without a current file stay: somebody may put that back.
        foreach (string prefix in files.Select(StoreFileNames.PrefixOfCurrent).OfType<string>())
        {
            if (CurrentFile.TryRead(_folder, prefix) is { } log)
            {
                DeleteLogs(prefix, keep: log);
            }
        }
    }
}
