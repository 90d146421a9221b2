using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>The collections of a folder: which there are, and their tables, which write to it.</summary>
/// <remarks>
/// A collection exists from the moment on that its current file is there, and until that is not. What names logs, makes and replaces them is safe for concurrent use; one caller at a time opens, makes and
/// deletes collections.
/// </remarks>
internal sealed partial class StoreDisk : IDisposable
{
    private readonly IStoreFolder _folder;
    private readonly Durability _durability;
    private readonly ILogger _logger;
    private readonly IDisposable? _held;
    private readonly Lock _files = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly int _leastDeadRows;

    /// <param name="folder">The folder.</param>
    /// <param name="durability">What an acknowledged write survives.</param>
    /// <param name="logger">Told what was found half done.</param>
    /// <param name="held">What keeps others out; disposed with this.</param>
    /// <param name="leastDeadRows">From how many rows on that are no longer there a log is rewritten without them.</param>
    /// <exception cref="InvalidDataException">The folder holds half a backup.</exception>
    public StoreDisk(IStoreFolder folder, Durability durability, ILogger logger, IDisposable? held = null, int leastDeadRows = LogCompaction.LeastDeadRows)
    {
        _leastDeadRows = leastDeadRows;
        _folder = folder;
        _durability = durability;
        _logger = logger;
        _held = held;
        ThrowIfHalfCopied();
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
    public IEnumerable<string> Names() => [.. _folder.List().Select(StoreFileNames.PrefixOfCurrent).OfType<string>().Select(prefix => StoreFileNames.NameOf(prefix) ?? ReadSchema(prefix).Name)];

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
        Table table = new LogRecovery(_folder, CurrentFile.Read(_folder, prefix), _logger).Open(name, stored, noKeywords, _durability);
        CompactInBackground(name, stored, table);
        return table;
    }

    /// <summary>Keeps of a log what stands before its damage; the rest is put aside.</summary>
    /// <returns>How many bytes were put aside.</returns>
    /// <exception cref="InvalidDataException">Not even what the collection stores can be read.</exception>
    public long Repair(string name)
    {
        string prefix = StoreFileNames.Prefix(name);
        if (!Exists(name))
        {
            return 0;
        }

        ReadSchema(prefix);
        return new LogRecovery(_folder, CurrentFile.Read(_folder, prefix), _logger).Repair();
    }

    /// <summary>Makes a collection.</summary>
    public Table Create(string name, RecordModel model, KeywordIndex noKeywords)
    {
        Table table = new(model, noKeywords);
        string log = BeginReplacement(name, model, table);
        bool isNamed = false;
        try
        {
            Replace(name, log, () => isNamed = true);
        }
        catch
        {
            if (!isNamed)
            {
                TryDeleteLog(log);
            }

            table.Dispose();
            throw;
        }

        CompactInBackground(name, model, table);
        return table;
    }

    /// <summary>Deletes a collection, if it is there, with what was put aside of it. Its table must be closed.</summary>
    public void Delete(string name)
    {
        string prefix = StoreFileNames.Prefix(name);
        _folder.Delete(StoreFileNames.CurrentOf(prefix));
        _folder.Sync();
        foreach (string file in _folder.List().Where(file => StoreFileNames.IsOf(prefix, file) && (StoreFileNames.NumberOfLog(prefix, file) is null || IsLog(file))))
        {
            _folder.Delete(file);
        }
    }

    /// <summary>Has a table write to a log of a collection that is not its current one yet.</summary>
    /// <returns>The log's file.</returns>
    public string BeginReplacement(string name, RecordModel model, Table table)
    {
        RowCodec rows = new(model);
        (string file, LogWriter log) = BeginLog(name, model);
        table.WriteTo(new CollectionLog(log, rows, _durability));
        return file;
    }

    /// <summary>Has the log of a table, which must be the collection's, rewritten when too much of it is no longer there.</summary>
    public void CompactInBackground(string name, RecordModel model, Table table) =>
        table.CompactBy(new LogCompaction(this, name, model.WithoutGenerators(), table, _leastDeadRows, _logger));

    /// <summary>Begins a log of a collection with what it stores. Its number was not given before, so that nobody else knows the file.</summary>
    public (string File, LogWriter Log) BeginLog(string name, RecordModel model)
    {
        string file = NextLog(StoreFileNames.Prefix(name));
        IStoreFile content = _folder.Create(file);
        try
        {
            LogWriter writer = LogWriter.Begin(content, Path.Combine(_folder.Path, file));
            ByteWriter frame = new();
            ChangeFrame.Begin(frame, ChangeKind.Schema);
            StoredSchema.Of(name, model).Write(frame);
            writer.Append(0, frame.Written);
            writer.Flush();
            return (file, writer);
        }
        catch
        {
            content.Dispose();
            TryDeleteLog(file);
            throw;
        }
    }

    /// <summary>Opens the log of a collection beside its writer.</summary>
    public IStoreFile OpenCurrent(string name, out string path)
    {
        lock (_files)
        {
            string log = CurrentFile.Read(_folder, StoreFileNames.Prefix(name));
            path = Path.Combine(_folder.Path, log);
            return _folder.Open(log, isWritten: false);
        }
    }

    /// <summary>What writes further changes behind what a log has.</summary>
    public CollectionLog GoOn(LogWriter log, RecordModel model, long rows) => new(log, new RowCodec(model), _durability, rows);

    /// <summary>Has a log be the collection's, and deletes the one before.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="log">The log's file.</param>
    /// <param name="named">Called when the log is the collection's; see <see cref="CurrentFile.Write"/>.</param>
    public void Replace(string name, string log, Action named)
    {
        lock (_files)
        {
            string prefix = StoreFileNames.Prefix(name);
            string? before = Exists(name) ? CurrentFile.TryRead(_folder, prefix) : null;
            CurrentFile.Write(_folder, prefix, log, named);
            if (before is not null && before != log)
            {
                TryDeleteLog(before);
            }
        }
    }

    /// <summary>Deletes a log that nobody needs; where that fails, the next opening does.</summary>
    public void TryDeleteLog(string file)
    {
        try
        {
            _folder.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogLeftover(Path.Combine(_folder.Path, file), exception);
        }
    }

    public void Dispose() => _held?.Dispose();

    private StoredSchema ReadSchema(string prefix)
    {
        lock (_files)
        {
            string log = CurrentFile.Read(_folder, prefix);
            string path = Path.Combine(_folder.Path, log);
            using IStoreFile file = _folder.Open(log, isWritten: false);
            return LogReader.Open(file, path).ReadFirst(static (ref reader) => (ChangeKind)reader.ReadByte() == ChangeKind.Schema ? StoredSchema.Read(ref reader) : null)
                ?? throw new InvalidDataException($"'{path}' does not begin with what the collection stores: it is damaged, or foreign. Put it back from a backup, or delete the collection.");
        }
    }

    private static void ThrowIfOther(string name, StoredSchema stored, RecordModel asked)
    {
        if (stored.Name != name)
        {
            throw new InvalidOperationException($"The files of collection '{name}' are those of another collection, '{stored.Name}'. Use a name of whole Unicode characters.");
        }

        if (StoredSchema.Of(name, asked).DifferenceFrom(stored) is { } difference)
        {
            throw new InvalidOperationException($"Collection '{name}' exists and has {difference}. Delete it first, or use another name.");
        }
    }

    /// <summary>A log's file that was never named before: a log that somebody still writes may have been deleted.</summary>
    private string NextLog(string prefix)
    {
        lock (_files)
        {
            int last = _folder.List().Select(file => StoreFileNames.NumberOfLog(prefix, file) ?? 0).Append(_numbers.GetValueOrDefault(prefix)).Max();
            _numbers[prefix] = last + 1;
            return StoreFileNames.LogOf(prefix, last + 1);
        }
    }

    /// <summary>Deletes what a process was making, or about to delete, when it ended. Logs without a current file, or beside one whose log is not there, stay: somebody may put that back.</summary>
    private void DeleteLeftovers()
    {
        HashSet<string> files = [.. _folder.List()];
        foreach (string prefix in files.Select(StoreFileNames.PrefixOfCurrent).OfType<string>().ToArray())
        {
            if (files.Contains(StoreFileNames.UnfinishedOf(StoreFileNames.CurrentOf(prefix))))
            {
                _folder.Delete(StoreFileNames.UnfinishedOf(StoreFileNames.CurrentOf(prefix)));
            }

            if (CurrentFile.TryRead(_folder, prefix) is { } log && files.Contains(log))
            {
                foreach (string file in files.Where(file => file != log && StoreFileNames.NumberOfLog(prefix, file) is not null && IsLog(file)))
                {
                    TryDeleteLog(file);
                }
            }
        }
    }

    private bool IsLog(string name)
    {
        using IStoreFile file = _folder.Open(name, isWritten: false);
        Span<byte> header = stackalloc byte[LogFormat.HeaderLength];
        return LogFormat.ReadHeader(header[..file.Read(0, header)], out _) is null;
    }

    [LoggerMessage(LogLevel.Information, "'{Log}' is needed no more, and could not be deleted; the next opening deletes it.")]
    private partial void LogLeftover(string log, Exception exception);
}
