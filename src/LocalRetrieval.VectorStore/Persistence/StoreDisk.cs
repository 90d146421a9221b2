using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;
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
    /// <summary>How often the files of a collection are opened that another process replaces meanwhile.</summary>
    private const int MostAttempts = 10;

    private readonly IStoreFolder _folder;
    private readonly Durability _durability;
    private readonly ILogger _logger;
    private readonly IDisposable? _held;
    private readonly Lock _files = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly int _leastRows;
    private readonly long _leastBytes;
    private readonly bool _isReadOnly;
    private readonly Dictionary<string, LogTail> _tails = new(StringComparer.Ordinal);

    /// <param name="folder">The folder.</param>
    /// <param name="durability">What an acknowledged write survives.</param>
    /// <param name="logger">Told what was found half done.</param>
    /// <param name="held">What keeps others out; disposed with this.</param>
    /// <param name="leastRows">From how many rows on that are no longer there, or in the log, the files are rewritten.</param>
    /// <param name="isReadOnly">Whether another process may write the folder, and this one reads alone.</param>
    /// <param name="leastBytes">From how many bytes of the log on they are, however few rows those are.</param>
    /// <exception cref="InvalidDataException">The folder holds half a backup.</exception>
    public StoreDisk(
        IStoreFolder folder,
        Durability durability,
        ILogger logger,
        IDisposable? held = null,
        int leastRows = LogCompaction.LeastRows,
        bool isReadOnly = false,
        long leastBytes = LogCompaction.LeastBytes)
    {
        _isReadOnly = isReadOnly;
        _leastRows = leastRows;
        _leastBytes = leastBytes;
        _folder = folder;
        _durability = durability;
        _logger = logger;
        _held = held;
        ThrowIfHalfCopied();
        if (!isReadOnly)
        {
            DeleteLeftovers();
            FinishDeletions();
        }
    }

    /// <summary>Opens a folder, which is made where it is not there, for this process alone.</summary>
    /// <exception cref="IOException">Another store writes there, or it cannot be written to.</exception>
    public static StoreDisk Open(string path, Durability durability, ILogger logger)
    {
        string full = Path.GetFullPath(path);
        DiskFolder.Make(full);
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

    /// <summary>Opens a folder that another process may be writing, to be read.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static StoreDisk OpenToRead(string path, ILogger logger)
    {
        string full = Path.GetFullPath(path);
        return Directory.Exists(full)
            ? new StoreDisk(new DiskFolder(full), Durability.None, logger, isReadOnly: true)
            : throw new DirectoryNotFoundException($"There is no folder '{full}' to read a store from. Have a store that writes it make it, or set {nameof(LocalVectorStoreOptions.IsReadOnly)} to false.");
    }

    /// <summary>What is thrown by all that changes anything in a folder that is read alone.</summary>
    public static InvalidOperationException ReadOnly() =>
        new($"The store only reads its folder ({nameof(LocalVectorStoreOptions)}.{nameof(LocalVectorStoreOptions.IsReadOnly)}). Nothing was changed: write with a store that was opened without it.");

    /// <exception cref="InvalidOperationException">The folder is read alone.</exception>
    public void ThrowIfReadOnly()
    {
        if (_isReadOnly)
        {
            throw ReadOnly();
        }
    }

    /// <summary>The collections' names.</summary>
    public IEnumerable<string> Names() => [.. _folder.List().Select(StoreFileNames.PrefixOfCurrent).OfType<string>().Select(NameAt).OfType<string>()];

    public bool Exists(string name) => _folder.List().Contains(StoreFileNames.CurrentOf(StoreFileNames.Prefix(name)), StringComparer.Ordinal);

    /// <summary>Reads a collection into a table, whose vectors are of the dimensions that they have on disk.</summary>
    /// <returns>The table, which writes to the collection's log; null where there is no such collection.</returns>
    /// <exception cref="InvalidOperationException">The collection stores something else than other dimensions.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or foreign.</exception>
    public Table? Open(string name, RecordModel model, KeywordIndex noKeywords)
    {
        string prefix = StoreFileNames.Prefix(name);
        for (int attempt = 0; Exists(name); attempt++)
        {
            string log = CurrentFile.Read(_folder, prefix);
            if (!_isReadOnly)
            {
                // The log may have been named by somebody whose flush of the folder failed: what is written to it is to be there with its name.
                _folder.Sync();
            }

            try
            {
                return OpenLog(name, log, model, noKeywords);
            }
            catch (Exception exception) when (_isReadOnly && exception is IOException or InvalidDataException && attempt < MostAttempts && (!Exists(name) || CurrentFile.TryRead(_folder, prefix) != log))
            {
                // The writer has replaced the files meanwhile, and deleted those.
            }
        }

        return null;
    }

    /// <summary>Takes in what another process wrote to a collection that was opened.</summary>
    /// <returns>False where its files were replaced, or repaired, so that it is to be opened anew.</returns>
    public bool TryRefresh(string name)
    {
        if (!_tails.TryGetValue(name, out LogTail? tail))
        {
            return true;
        }

        string prefix = StoreFileNames.Prefix(name);
        if (Exists(name) && CurrentFile.TryRead(_folder, prefix) == tail.Log && IsStill(tail) && tail.TryGoOn())
        {
            return true;
        }

        _tails.Remove(name);
        tail.Dispose();
        return false;
    }

    /// <summary>Whether a log is the file that was opened: a collection that was deleted and made again may have one of the same name.</summary>
    private bool IsStill(LogTail tail)
    {
        try
        {
            using IStoreFile file = _folder.Open(tail.Log, isWritten: false);
            return LogReader.Open(file, Path.Combine(_folder.Path, tail.Log)).Number == tail.Number;
        }
        catch (FileNotFoundException)
        {
            // It was replaced this moment.
            return false;
        }
    }

    private Table OpenLog(string name, string log, RecordModel model, KeywordIndex noKeywords)
    {
        LogHead head = ReadHeadOf(log);
        ThrowIfOther(name, head.Schema, model);
        RecordModel stored = model.WithDimensions(head.Schema.Dimensions);
        SnapshotRows? rows = head.Snapshot is { } snapshot ? OpenSnapshot(snapshot, head.SnapshotNumber, stored) : null;
        LogRecovery recovery = new(_folder, log, _logger);
        if (_isReadOnly)
        {
            (Table read, _tails[name]) = recovery.OpenToRead(name, stored, noKeywords, rows);
            CheckInBackground(head, rows, read);
            return read;
        }

        Table table = recovery.Open(name, stored, noKeywords, rows, _durability);
        CheckInBackground(head, rows, table);
        CompactInBackground(name, stored, table);
        return table;
    }

    /// <summary>Keeps of a log what stands before its damage; the rest is put aside.</summary>
    /// <returns>How many bytes were put aside.</returns>
    /// <exception cref="InvalidDataException">Not even what the collection stores can be read, or its snapshot is damaged or missing.</exception>
    public long Repair(string name)
    {
        ThrowIfReadOnly();
        string prefix = StoreFileNames.Prefix(name);
        if (!Exists(name))
        {
            return 0;
        }

        ReadHead(prefix);
        if (FindSnapshotDamage(name, CancellationToken.None) is { } damage)
        {
            throw new InvalidDataException($"{damage} That cannot be repaired: put the file back from a backup, with its log.");
        }

        return new LogRecovery(_folder, CurrentFile.Read(_folder, prefix), _logger).Repair(() => DeleteIndexes(prefix));
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
                TryDelete(log);
            }

            table.Dispose();
            throw;
        }

        CompactInBackground(name, model, table);
        return table;
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
        table.CompactBy(new LogCompaction(this, name, model.WithoutGenerators(), table, _leastRows, _leastBytes, _logger));

    /// <summary>Begins a log of a collection with what it stores. Its number was not given before, so that nobody else knows the file.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="model">What it stores.</param>
    /// <param name="snapshot">The snapshot that has what was written before; null where the log will have all.</param>
    /// <param name="snapshotNumber">The snapshot's random number.</param>
    public (string File, LogWriter Log) BeginLog(string name, RecordModel model, string? snapshot = null, ulong snapshotNumber = 0)
    {
        ThrowIfReadOnly();
        string prefix = StoreFileNames.Prefix(name);
        string file = StoreFileNames.LogOf(prefix, NextNumber(prefix));
        IStoreFile content = _folder.Create(file);
        try
        {
            LogWriter writer = LogWriter.Begin(content, Path.Combine(_folder.Path, file));
            ByteWriter frame = new();
            ChangeFrame.Begin(frame, ChangeKind.Schema);
            new LogHead(StoredSchema.Of(name, model), snapshot, snapshotNumber).Write(frame);
            writer.Append(0, frame.Written);
            writer.Flush();
            return (file, writer);
        }
        catch
        {
            content.Dispose();
            TryDelete(file);
            throw;
        }
    }

    public IStoreFile Create(string file) => _folder.Create(file);

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
            string[] before = Exists(name) ? FilesOf(prefix) ?? [] : [];
            CurrentFile.Write(_folder, prefix, log, named);
            string[] after = FilesOf(prefix) ?? before;
            foreach (string file in (string[])[.. before.Except(after), .. FindOldIndexes(prefix, after)])
            {
                TryDelete(file);
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
        foreach (LogTail tail in _tails.Values)
        {
            tail.Dispose();
        }

        _held?.Dispose();
    }

    private LogHead ReadHead(string prefix)
    {
        lock (_files)
        {
            return ReadCurrent(prefix, ReadHeadOf);
        }
    }

    private LogHead ReadHeadOf(string log)
    {
        string path = Path.Combine(_folder.Path, log);
        try
        {
            using IStoreFile file = _folder.Open(log, isWritten: false);
            return LogReader.Open(file, path).ReadFirst(static (ref reader) => (ChangeKind)reader.ReadByte() == ChangeKind.Schema ? LogHead.Read(ref reader) : null)
                ?? throw new InvalidDataException($"{LogHead.MissingFrom(path)} Put it back from a backup, or delete the collection.");
        }
        catch (FileNotFoundException exception) when (!_isReadOnly)
        {
            throw new InvalidDataException($"'{path}', the log of the collection, is not there. Nothing was changed. Put it back from a backup, or delete the collection.", exception);
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

    /// <summary>A number for a file that none had before: a log that somebody still writes may have been deleted.</summary>
    private int NextNumber(string prefix)
    {
        lock (_files)
        {
            int last = _folder.List().Select(file => StoreFileNames.NumberOfLog(prefix, file) ?? StoreFileNames.NumberOfSnapshot(prefix, file) ?? 0).Append(_numbers.GetValueOrDefault(prefix)).Max();
            return _numbers[prefix] = last + 1;
        }
    }

}
