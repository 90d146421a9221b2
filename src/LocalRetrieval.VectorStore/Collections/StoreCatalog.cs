using System.Collections.Concurrent;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>The collections that a store, and those that share them with it, have: in memory, or in a folder that they are read from when they are first asked for.</summary>
/// <remarks>Safe for concurrent use. Tables that are there are found without a lock; one caller at a time reads, makes or deletes one.</remarks>
internal sealed partial class StoreCatalog
{
    private readonly ConcurrentDictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();
    private readonly Func<StoreDisk>? _open;
    private StoreDisk? _disk;
    private int _users;
    private bool _isClosed;

    /// <param name="open">Opens the folder, when it is first needed; null for collections in memory alone.</param>
    public StoreCatalog(Func<StoreDisk>? open = null) => _open = open;

    public FilterCache Filters { get; } = new();

    /// <summary>Notes one that uses the collections, until it <see cref="Leave">leaves</see>; see <see cref="CatalogLease"/>.</summary>
    /// <exception cref="ObjectDisposedException">The last one has left.</exception>
    public void Enter()
    {
        lock (_changing)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(LocalVectorStore));
            _users++;
        }
    }

    public void Leave()
    {
        lock (_changing)
        {
            if (--_users == 0)
            {
                Close();
            }
        }
    }

    /// <summary>The names of the collections, in ordinal order.</summary>
    public string[] Names()
    {
        lock (_changing)
        {
            return [.. (Disk()?.Names() ?? _tables.Keys).Order(StringComparer.Ordinal)];
        }
    }

    public bool Exists(string name)
    {
        if (_tables.ContainsKey(name))
        {
            return true;
        }

        lock (_changing)
        {
            return _tables.ContainsKey(name) || Disk()?.Exists(name) == true;
        }
    }

    /// <summary>The table of a name, if it is in memory.</summary>
    public Table? FindLoaded(string name) => _tables.GetValueOrDefault(name);

    /// <summary>The table of a name, read where it is not in memory yet; null where there is no such collection.</summary>
    public Table? Find(string name, RecordModel model, KeywordIndex noKeywords)
    {
        if (_tables.TryGetValue(name, out Table? table) || _open is null)
        {
            return table;
        }

        lock (_changing)
        {
            return _tables.TryGetValue(name, out table) ? table
                : Disk()!.Open(name, model, noKeywords) is { } opened ? _tables[name] = opened
                : null;
        }
    }

    /// <summary>The table of a name, made where there is none.</summary>
    public Table FindOrCreate(string name, RecordModel model, KeywordIndex noKeywords)
    {
        if (Find(name, model, noKeywords) is { } there)
        {
            return there;
        }

        lock (_changing)
        {
            return _tables.TryGetValue(name, out Table? table) ? table : _tables[name] = Disk()?.Create(name, model, noKeywords) ?? new Table(model, noKeywords);
        }
    }

    /// <summary>Keeps of a collection whose log is damaged what stands before the damage.</summary>
    /// <returns>How many bytes were put aside; 0 where nothing was wrong, or there is no such collection.</returns>
    public long Repair(string name)
    {
        lock (_changing)
        {
            Disk()?.ThrowIfReadOnly();
            return _tables.ContainsKey(name) ? 0 : Disk()?.Repair(name) ?? 0;
        }
    }

    /// <summary>Takes in what another process wrote; a table that cannot be brought up to date is read anew when it is next asked for.</summary>
    public void Refresh()
    {
        lock (_changing)
        {
            foreach (string name in _tables.Keys.ToArray())
            {
                if (Disk()?.TryRefresh(name) == false)
                {
                    _tables.TryRemove(name, out _);
                }
            }
        }
    }

    public void Delete(string name)
    {
        lock (_changing)
        {
            Disk()?.ThrowIfReadOnly();
            if (_tables.TryRemove(name, out Table? table))
            {
                table.Dispose();
            }

            Disk()?.Delete(name);
        }
    }

    /// <summary>Has an empty table write to a log that is not the collection's yet, if there is a folder.</summary>
    /// <returns>The log's file, which <see cref="TryReplace"/> takes; null without a folder.</returns>
    public string? BeginReplacement(string name, Table replacement, RecordModel model)
    {
        lock (_changing)
        {
            return Disk()?.BeginReplacement(name, model, replacement);
        }
    }

    /// <summary>Gives a table up that was to replace another.</summary>
    public void EndReplacement(Table replacement, string? file)
    {
        lock (_changing)
        {
            replacement.Dispose();

            // A folder that was closed is somebody else's.
            if (file is not null && !_isClosed)
            {
                _disk!.TryDelete(file);
            }
        }
    }

    /// <summary>Puts a table in the place of another, which is closed; false where something else has its place.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="table">The table that is there.</param>
    /// <param name="replacement">The table that takes its place.</param>
    /// <param name="file">The replacement's log, which is null as soon as it is the collection's.</param>
    /// <param name="model">What the replacement stores.</param>
    public bool TryReplace(string name, Table table, Table replacement, ref string? file, RecordModel model)
    {
        lock (_changing)
        {
            if (_tables.GetValueOrDefault(name) != table)
            {
                return false;
            }

            if (file is not null)
            {
                ReplaceOnDisk(name, table, replacement, ref file);
                _disk!.CompactInBackground(name, model, replacement);
            }

            _tables[name] = replacement;
            return true;
        }
    }

    private void ReplaceOnDisk(string name, Table table, Table replacement, ref string? file)
    {
        string? log = file;
        try
        {
            table.Dispose();
            replacement.FlushLog();
            _disk!.Replace(name, log!, () => log = null);
        }
        catch
        {
            // It is closed; whoever asks for the collection next gets it from the disk.
            _tables.TryRemove(name, out _);
            throw;
        }
        finally
        {
            file = log;
        }
    }

    private void Close()
    {
        _isClosed = true;
        if (_disk is null)
        {
            return;
        }

        IOException? failure = null;
        foreach (Table table in _tables.Values)
        {
            try
            {
                table.Dispose();
            }
            catch (IOException exception)
            {
                failure ??= exception;
            }
        }

        _disk.Dispose();
        if (failure is not null)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private StoreDisk? Disk()
    {
        ObjectDisposedException.ThrowIf(_isClosed && _open is not null, typeof(LocalVectorStore));
        return _open is null ? null : _disk ??= _open();
    }
}
