using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The records of one collection, whatever type they are seen as.</summary>
/// <remarks>
/// Writers take turns; readers take the snapshot that was published last and need no lock, so that a slow filter or consumer holds nobody
/// up. A batch costs what its own rows cost. Rows that are no longer there are dropped when they are more than those that are: readers
/// keep the state that they have, later ones get the compacted one.
/// </remarks>
internal sealed partial class Table : IDisposable
{
    private const int LeastRowsToCompact = 1024;
    private const long LeastBytesToCompact = 16 << 20;

    private static long _tables;

    private readonly RecordModel _model;
    private readonly Lock _writing = new();
    private readonly int[] _warned;
    private volatile TableSnapshot _published;
    private CollectionLog? _log;
    private LogCompaction? _compaction;
    private readonly CancellationTokenSource _closing = new();
    private bool _isClosed;
    private bool _isReadOnly;

    public Table(RecordModel model, KeywordIndex noKeywords, SnapshotRows? stored = null)
        : this(model.WithoutGenerators(), asked => RowIndexes.For(asked, noKeywords), stored)
    {
    }

    /// <param name="model">What is stored. It has no generators: the table may outlive the store that makes it, and that store's generators.</param>
    /// <param name="indexes">Makes the indexes of no rows.</param>
    /// <param name="stored">The first rows, which stand in a snapshot; null for none.</param>
    private Table(RecordModel model, Func<RecordModel, RowIndexes> indexes, SnapshotRows? stored = null)
        : this(model, stored is null
            ? new TableSnapshot(new TableState(model), generation: 0, count: 0, new PendingIndexes(indexes(model)), new EncoderFingerprint?[model.VectorColumns.Length])
            : new TableSnapshot(new TableState(model, stored), stored.Generation, stored.Count, new PendingIndexes(indexes(model)), stored.File.Directory.Encoders))
    {
    }

    private Table(RecordModel model, TableSnapshot records)
    {
        _model = model;
        _warned = new int[model.VectorColumns.Length];
        _warnedOfIndex = new int[model.VectorColumns.Length];
        _warnedOfFirstPass = new int[model.VectorColumns.Length];
        _published = records;
    }

    /// <summary>Tells the table from all others of the process, one that had its name before included.</summary>
    public long Number { get; } = Interlocked.Increment(ref _tables);

    public TableSnapshot Read() => _published;

    /// <summary>Has all further changes written to a log, which the table disposes. What is there already stands in it.</summary>
    public void WriteTo(CollectionLog log) => _log = log;

    /// <summary>Has the files rewritten in the background whenever too much in them is no longer there, or in the log.</summary>
    public void CompactBy(LogCompaction compaction)
    {
        _compaction = compaction;
        compaction.Consider();
    }

    /// <summary>How many rows the log has.</summary>
    public long LogRows => _log?.Rows ?? 0;

    /// <summary>How many bytes the log has.</summary>
    public long LogBytes => _log?.Written ?? 0;

    /// <summary>How many rows in the files are no longer there.</summary>
    public long DeadInFiles => (_log?.Rows ?? 0) + _published.State.StoredCount - _published.State.LiveCount;

    /// <summary>How many rows in the files are no longer there, or in the log and not in the snapshot; 0 where there is nothing to rewrite.</summary>
    public long RowsToCompact => (_log?.Rows ?? 0) + _published.State.StoredCount - (_published.State.Stored?.LiveCount ?? 0);

    /// <summary>Ends when the log is not being rewritten.</summary>
    public Task WhenCompactedAsync() => _compaction?.WhenIdleAsync() ?? Task.CompletedTask;

    /// <summary>Has another log take the place of the log, and the same records, as they were read from files, that of the records.</summary>
    /// <param name="change">Brings both up to date, and has the log be the collection's, while nothing is written.</param>
    public void Switch(Func<CollectionLog, (CollectionLog Log, TableSnapshot Records)> change)
    {
        lock (_writing)
        {
            if (!_isClosed && _log is { } log)
            {
                (_log, TableSnapshot records) = change(log);

                // Batches that change nothing count, and stand in no log: what has seen their generation must not see it again.
                _published = records.Generation < _published.Generation ? records.With(_published.Generation, records.Encoders) : records;
                _indexes?.Consider();
                MakeFirstPasses();
            }
        }
    }

    /// <summary>Has the table be read alone: another process writes what it has.</summary>
    public void CloseForWriting() => _isReadOnly = true;

    /// <exception cref="InvalidOperationException">The table stores other records than <paramref name="asked"/> describes.</exception>
    public void ThrowIfOther(string name, RecordModel asked)
    {
        if (!_model.StoresLike(asked))
        {
            throw new InvalidOperationException($"Collection '{name}' exists and has {asked.DifferenceFrom(_model)}{Advice(asked)}");
        }
    }

    /// <exception cref="InvalidOperationException">The table stores other records than <paramref name="asked"/> describes, be it with vectors of other dimensions.</exception>
    public void ThrowIfOtherRecords(string name, RecordModel asked)
    {
        if (!_model.StoresLikeButForDimensions(asked))
        {
            ThrowIfOther(name, asked);
        }
    }

    /// <summary>An empty table with the keyword indexes' options of this one.</summary>
    /// <param name="model">What it stores: the same, but for the dimensions of vectors.</param>
    public Table WithoutRows(RecordModel model) => new(model.WithoutGenerators(), _ => _published.Indexes.WithoutRows());

    /// <summary>A table of the same model that has other records.</summary>
    public Table With(TableSnapshot records) => new(_model, records);

    /// <summary>Ends writing, unless something was written since a snapshot was taken.</summary>
    public bool TryClose(TableSnapshot last)
    {
        lock (_writing)
        {
            if (_isClosed || _published.Generation != last.Generation)
            {
                return false;
            }

            _isClosed = true;
            return true;
        }
    }

    /// <summary>Whether this is the first call for a column, so that what is wrong with it is said once.</summary>
    public bool TryClaimWarning(int column) => Interlocked.Exchange(ref _warned[column], 1) == 0;

    /// <summary>Adds or replaces records, all at once; of those with one key, the last stays.</summary>
    /// <param name="rows">The records.</param>
    /// <param name="check">Throws where the records do not go with what is there by now; null to let all pass.</param>
    /// <returns>Ends when they survive what they are to survive. They are seen before.</returns>
    public Task UpsertAsync(PendingRows rows, Action<TableSnapshot>? check = null)
    {
        // It takes long, and is no reason for others to wait.
        _published.State.EncodeTokens(rows);
        lock (_writing)
        {
            ThrowIfClosed();
            check?.Invoke(_published);
            try
            {
                // First of all: of what the log refuses nothing stays in memory.
                EncoderFingerprint?[] before = _published.Encoders;
                _log?.Prepare(rows, [.. rows.Encoders.Select((encoder, column) => before[column] is null ? encoder : null)]);
                TableBatch batch = new(_model, _published, _published.Generation + 1);
                batch.Upsert(rows);
                return Publish(batch, log => log.Upsert(batch.Generation));
            }
            finally
            {
                _log?.Forget();
            }
        }
    }

    /// <summary>Remembers what fills a column, unless something is remembered.</summary>
    /// <param name="column">The column.</param>
    /// <param name="encoder">What makes the vectors that are to come.</param>
    /// <param name="check">Throws where the encoder does not go with what is there by now.</param>
    public Task RememberAsync(int column, EncoderFingerprint encoder, Action<TableSnapshot> check)
    {
        lock (_writing)
        {
            ThrowIfClosed();
            check(_published);
            if (_published.Encoders[column] is not null)
            {
                return _log?.CommitAsync() ?? Task.CompletedTask;
            }

            EncoderFingerprint?[] encoders = [.. _published.Encoders];
            encoders[column] = encoder;
            TableSnapshot remembered = _published.With(_published.Generation + 1, encoders);
            _log?.Remember(remembered.Generation, encoders);
            _published = remembered;
            return _log?.CommitAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>Deletes records, all at once; keys without a record are passed over.</summary>
    /// <returns>Ends when that survives what it is to survive. They are gone before.</returns>
    public Task DeleteAsync(List<object> keys)
    {
        lock (_writing)
        {
            ThrowIfClosed();
            TableBatch batch = new(_model, _published, _published.Generation + 1);
            batch.Delete(keys);
            return Publish(batch, log => log.Delete(batch.Generation, keys));
        }
    }

    /// <summary>Takes no more writes: what there is was found damaged.</summary>
    public void Fail(Exception cause)
    {
        lock (_writing)
        {
            _log?.Fail(cause);
        }
    }

    /// <summary>Has all that was written to the log survive a loss of power.</summary>
    public void FlushLog() => _log?.Flush();

    /// <summary>Has the log rewritten now, if there is one, and ends when it is.</summary>
    /// <exception cref="InvalidOperationException">The table is read alone.</exception>
    public Task CompactAsync() => _isReadOnly ? throw StoreDisk.ReadOnly() : _compaction?.RunNowAsync() ?? Task.CompletedTask;

    /// <summary>Closes the log, if there is one; nothing is written any more.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            _isClosed |= _log is not null;
        }

        _closing.Cancel();
        StopIndexing();
        _compaction?.Stop();
        lock (_writing)
        {
            CollectionLog? log = _log;
            _log = null;
            log?.Dispose();
        }
    }

    private string Advice(RecordModel asked) => _published.State.LiveCount > 0 && _model.StoresLikeButForDimensions(asked)
        ? $": another encoder{FindOtherModel(asked)} filled it. Use that encoder, or index with EncoderChange.Rebuild to have all its vectors made anew; or else delete it first, or use another name."
        : ". Delete it first, or use another name.";

    /// <summary>The model that filled a vector of other dimensions than are asked for; null where none is remembered.</summary>
    private string? FindOtherModel(RecordModel asked) => _model.VectorColumns
        .Where(column => column.Dimensions != asked.VectorColumns[column.Column].Dimensions)
        .SelectMany(column => _published.Encoders[column.Column]?.Components ?? [])
        .Where(component => component is { Name: FingerprintComponents.Model, Description: not null })
        .Select(component => $" ('{component.Description}')")
        .FirstOrDefault();

    /// <summary>A writer may have got the table just before another took its place, it was deleted, or its store disposed of.</summary>
    private void ThrowIfClosed()
    {
        if (_isReadOnly)
        {
            throw StoreDisk.ReadOnly();
        }

        if (_isClosed)
        {
            throw new InvalidOperationException("The collection was deleted, its vectors were made anew by another encoder, or its store was disposed of, meanwhile. Nothing was written: try again, with that encoder.");
        }

        // Its rows would take memory until they are taken back, and then some.
        _log?.ThrowIfFailed();
    }

    /// <summary>Writes a batch to the log, if there is one, and then has it seen.</summary>
    private Task Publish(TableBatch batch, Action<CollectionLog> write)
    {
        TableSnapshot snapshot = batch.Finish();
        if (_log is not { } log)
        {
            Publish(snapshot);
            return Task.CompletedTask;
        }

        try
        {
            if (batch.HasChanges)
            {
                write(log);
            }
        }
        catch
        {
            batch.Undo();
            throw;
        }

        Publish(snapshot);
        _compaction?.Consider();

        // Where nothing changed, what makes that so may still be on its way.
        return log.CommitAsync();
    }

    private void Publish(TableSnapshot snapshot)
    {
        _published = snapshot;
        if (IsWorthCompacting(snapshot.State))
        {
            TryCompact(snapshot);
        }

        _indexes?.Consider();
    }

    // Of rows with several vectors each some hundred take as much as thousands of others.
    private static bool IsWorthCompacting(TableState state)
    {
        int dead = state.DeadInMemory;
        return dead > state.LiveCount && (dead > LeastRowsToCompact || state.TokenBytes / Math.Max(1, state.Count - state.StoredCount) * dead > LeastBytesToCompact);
    }

    private void TryCompact(TableSnapshot snapshot)
    {
        try
        {
            _published = Compact(snapshot);
            MakeFirstPasses();
        }
        catch (OutOfMemoryException)
        {
            // The batch is there all the same, and the next one finds as much to drop.
        }
    }

    private TableSnapshot Compact(TableSnapshot snapshot)
    {
        // What stands in a snapshot stays there, under its number.
        TableState compacted = new(_model, snapshot.State.Stored);
        bool isMade = !snapshot.State.HasToMake;
        if (isMade)
        {
            compacted.KeepFirstPasses(snapshot.State);
        }
        else
        {
            compacted.LeaveFirstPasses();
        }

        compacted.EnsureCapacity(snapshot.Count - snapshot.State.DeadInMemory);
        int[] newRows = new int[snapshot.Count];
        for (int index = 0; index < snapshot.Count; index++)
        {
            newRows[index] = index < compacted.StoredCount ? index : snapshot.IsVisible(index) ? compacted.Count : -1;
            if (newRows[index] >= compacted.StoredCount)
            {
                Copy(snapshot, snapshot.GetRow(index), compacted);
            }
        }

        if (!isMade)
        {
            compacted.BeginFirstPasses();
        }

        compacted.InheritIndexes(snapshot.State, newRows);
        return new TableSnapshot(compacted, snapshot.Generation, compacted.Count, new PendingIndexes(snapshot.Indexes.Renumber(newRows)), snapshot.Encoders);
    }

    private void Copy(TableSnapshot snapshot, Row row, TableState compacted)
    {
        foreach (VectorProperty property in _model.VectorColumns)
        {
            if (property.IsSparse || row.Values[property.Slot] is null)
            {
                continue;
            }

            if (property.IsMulti)
            {
                compacted.CopyTokens(property.Column, snapshot.State, row.Index);
            }
            else
            {
                compacted.GetVectors(property.Column).Copy(compacted.Count, snapshot.GetVectors(property.Column), row.Index);
            }
        }

        compacted.Append(row.Values, row.Created, previous: null);
    }
}
