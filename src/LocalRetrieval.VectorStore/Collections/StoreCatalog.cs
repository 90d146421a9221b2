using System.Collections.Concurrent;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Indexing.Upkeep;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>The collections that a store, and those that share them with it, have: in memory, or in a folder that they are read from when they are first asked for.</summary>
/// <remarks>Safe for concurrent use. Tables that are there are found without a lock; one caller at a time reads, makes or deletes one.</remarks>
internal sealed partial class StoreCatalog
{
    private readonly ConcurrentDictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();
    private readonly Func<StoreDisk>? _open;
    private readonly ILogger _logger;
    private readonly IndexUpkeepOptions _indexing;
    private StoreDisk? _disk;
    private int _users;
    private bool _isClosed;

    /// <param name="open">Opens the folder, when it is first needed; null for collections in memory alone.</param>
    /// <param name="isReadOnly">Whether the folder is read alone.</param>
    /// <param name="logger">Told of the indexes over dense vectors; null for nobody.</param>
    /// <param name="indexing">From when on columns have such indexes; null for the defaults.</param>
    public StoreCatalog(Func<StoreDisk>? open = null, bool isReadOnly = false, ILogger? logger = null, IndexUpkeepOptions? indexing = null)
    {
        _open = open;
        IsReadOnly = isReadOnly;
        _logger = logger ?? NullLogger.Instance;
        _indexing = indexing ?? IndexUpkeepOptions.Default;
    }

    /// <summary>Whether the collections are kept in a folder.</summary>
    public bool HasFolder => _open is not null;

    /// <summary>Whether the folder is read alone.</summary>
    public bool IsReadOnly { get; }

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
                : Disk()!.Open(name, model, noKeywords) is { } opened ? _tables[name] = Indexed(name, opened)
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
            return _tables.TryGetValue(name, out Table? table) ? table : _tables[name] = Indexed(name, Disk()?.Create(name, model, noKeywords) ?? new Table(model, noKeywords));
        }
    }

    /// <summary>Keeps of a collection whose log is damaged what stands before the damage.</summary>
    /// <returns>How many bytes were put aside; 0 where nothing was wrong, or there is no such collection.</returns>
    /// <exception cref="InvalidOperationException">The log is damaged and in use, or the folder is read alone.</exception>
    public long Repair(string name)
    {
        LogView used;
        lock (_changing)
        {
            StoreDisk? disk = Disk();
            disk?.ThrowIfReadOnly();
            if (disk is null || !_tables.ContainsKey(name))
            {
                return disk?.Repair(name) ?? 0;
            }

            used = ViewLog(disk, name);
        }

        using (used)
        {
            return used.FindDamage(used.Read(static (_, _) => { })) is { } damage
                ? throw new InvalidOperationException($"{damage} Nothing was changed, since collection '{name}' is in use: export what is in memory, or repair it after the store was opened anew, before it is used.")
                : 0;
        }
    }

    /// <summary>Takes in what another process wrote; a table that cannot be brought up to date is read anew when it is next asked for.</summary>
    public void Refresh()
    {
        lock (_changing)
        {
            foreach (string name in _tables.Keys.ToArray())
            {
                if (Disk()?.TryRefresh(name) == false && _tables.TryRemove(name, out Table? replaced))
                {
                    replaced.StopIndexing();
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

            if (_shadows.TryGetValue(name, out Shadow? shadow))
            {
                shadow.Table.Dispose();
            }

            Disk()?.Delete(name);
        }
    }

    private void Close()
    {
        _isClosed = true;
        Table[] tables = [.. _tables.Values, .. _shadows.Values.Select(shadow => shadow.Table)];

        // A step of an index takes its time: those of all collections end side by side.
        Array.ForEach(tables, table => table.EndIndexing());
        if (_disk is null)
        {
            Array.ForEach(tables, table => table.StopIndexing());
            return;
        }

        IOException? failure = null;
        foreach (Table table in tables)
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

    /// <summary>Has the indexes over a table's dense vectors kept, and what chooses among rows of several made.</summary>
    private Table Indexed(string name, Table table)
    {
        table.IndexBy(IndexUpkeep.Of(name, table, _indexing, _disk is null ? null : new IndexFiles(_disk, name, _logger), _logger));
        table.MakeFirstPassesBy(new FirstPassUpkeep(name, _logger));
        return table;
    }

    private StoreDisk? Disk()
    {
        ObjectDisposedException.ThrowIf(_isClosed && _open is not null, typeof(LocalVectorStore));
        return _open is null ? null : _disk ??= _open();
    }
}
