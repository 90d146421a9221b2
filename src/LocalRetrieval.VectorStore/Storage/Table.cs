using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The records of one collection, whatever type they are seen as.</summary>
/// <remarks>
/// Writers take turns; readers take the snapshot that was published last and need no lock, so that a slow filter or consumer holds nobody
/// up. A batch costs what its own rows cost. Rows that are no longer there are dropped when they are more than those that are: readers
/// keep the state that they have, later ones get the compacted one.
/// </remarks>
internal sealed class Table
{
    private const int LeastRowsToCompact = 1024;

    private static long _tables;

    private readonly RecordModel _model;
    private readonly Lock _writing = new();
    private readonly int[] _warned;
    private volatile TableSnapshot _published;

    private bool _isClosed;

    public Table(RecordModel model, KeywordIndex noKeywords)
        : this(model.WithoutGenerators(), stored => RowIndexes.For(stored, noKeywords))
    {
    }

    /// <param name="model">What is stored. It has no generators: the table may outlive the store that makes it, and that store's generators.</param>
    /// <param name="indexes">Makes the indexes of no rows.</param>
    private Table(RecordModel model, Func<RecordModel, RowIndexes> indexes)
    {
        _model = model;
        _warned = new int[model.VectorColumns.Length];
        _published = new TableSnapshot(new TableState(_model), generation: 0, count: 0, indexes(_model), new EncoderFingerprint?[model.VectorColumns.Length]);
    }

    /// <summary>Tells the table from all others of the process, one that had its name before included.</summary>
    public long Number { get; } = Interlocked.Increment(ref _tables);

    public TableSnapshot Read() => _published;

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

    /// <summary>Ends writing, unless something was written since a snapshot was taken.</summary>
    public bool TryClose(TableSnapshot last)
    {
        lock (_writing)
        {
            if (_isClosed || !ReferenceEquals(_published, last))
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
    public void Upsert(PendingRows rows, Action<TableSnapshot>? check = null)
    {
        lock (_writing)
        {
            ThrowIfClosed();
            check?.Invoke(_published);
            TableBatch batch = new(_model, _published);
            batch.Upsert(rows);
            Publish(batch);
        }
    }

    /// <summary>Remembers what fills a column, unless something is remembered.</summary>
    /// <param name="column">The column.</param>
    /// <param name="encoder">What makes the vectors that are to come.</param>
    /// <param name="check">Throws where the encoder does not go with what is there by now.</param>
    public void Remember(int column, EncoderFingerprint encoder, Action<TableSnapshot> check)
    {
        lock (_writing)
        {
            ThrowIfClosed();
            check(_published);
            if (_published.Encoders[column] is null)
            {
                _published = _published.WithEncoder(column, encoder);
            }
        }
    }

    /// <summary>Deletes records, all at once; keys without a record are passed over.</summary>
    public void Delete(List<object> keys)
    {
        lock (_writing)
        {
            ThrowIfClosed();
            TableBatch batch = new(_model, _published);
            batch.Delete(keys);
            Publish(batch);
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

    /// <summary>A writer may have got the table just before another took its place.</summary>
    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw new InvalidOperationException("The collection's vectors were made anew by another encoder meanwhile. Nothing was written: try again, with that encoder.");
        }
    }

    private void Publish(TableBatch batch)
    {
        TableSnapshot snapshot = batch.Finish();
        _published = snapshot;
        int dead = snapshot.Count - snapshot.State.LiveCount;
        if (dead <= LeastRowsToCompact || dead <= snapshot.State.LiveCount)
        {
            return;
        }

        try
        {
            _published = Compact(snapshot);
        }
        catch (OutOfMemoryException)
        {
            // The batch is there all the same, and the next one finds as much to drop.
        }
    }

    private TableSnapshot Compact(TableSnapshot snapshot)
    {
        TableState compacted = new(_model);
        compacted.EnsureCapacity(snapshot.State.LiveCount);
        int[] newRows = new int[snapshot.Count];
        for (int index = 0; index < snapshot.Count; index++)
        {
            if (snapshot.GetVisible(index) is { } row)
            {
                newRows[index] = compacted.Count;
                Copy(snapshot, row, compacted);
            }
        }

        return new TableSnapshot(compacted, snapshot.Generation, compacted.Count, snapshot.Indexes.Renumber(newRows), snapshot.Encoders);
    }

    private void Copy(TableSnapshot snapshot, Row row, TableState compacted)
    {
        foreach (VectorProperty property in _model.VectorColumns)
        {
            if (!property.IsSparse && row.Values[property.Slot] is not null)
            {
                compacted.GetVectors(property.Column).Copy(compacted.Count, snapshot.GetVectors(property.Column), row.Index);
            }
        }

        compacted.Append(row.Values, snapshot.Generation, previous: null);
    }
}
