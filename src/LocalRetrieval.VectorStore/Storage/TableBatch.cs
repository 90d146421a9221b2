using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>One batch of changes: what it does belongs to the next generation, and is seen when its snapshot is published.</summary>
/// <param name="model">What the table stores.</param>
/// <param name="before">What is there.</param>
/// <param name="generation">The batch's generation: a greater one.</param>
internal sealed class TableBatch(RecordModel model, TableSnapshot before, long generation)
{
    private readonly TableState _state = before.State;
    private readonly List<int> _ended = [];
    private readonly List<KeyValuePair<int, SparseEmbedding>>[] _sparse = [.. model.VectorColumns.Select(_ => new List<KeyValuePair<int, SparseEmbedding>>())];
    private readonly EncoderFingerprint?[] _encoders = [.. before.Encoders];

    public long Generation => generation;

    /// <summary>Whether anything is other than before.</summary>
    public bool HasChanges => _ended.Count > 0 || _state.Count > before.Count || !Enumerable.SequenceEqual(_encoders, before.Encoders);

    public void Upsert(PendingRows rows)
    {
        _state.EnsureCapacity(checked(_state.Count + rows.Count));
        try
        {
            for (int i = 0; i < rows.Count; i++)
            {
                Append(rows, i);
            }

            for (int column = 0; column < _encoders.Length; column++)
            {
                _encoders[column] ??= rows.Encoders[column];
            }
        }
        catch
        {
            Undo();
            throw;
        }
    }

    public void Delete(List<object> keys)
    {
        try
        {
            foreach (object key in keys)
            {
                EndIfLive(_state.FindLatest(key));
            }
        }
        catch
        {
            Undo();
            throw;
        }
    }

    /// <summary>The sparse vectors of the rows by column; of a key that is in the batch twice both.</summary>
    public IReadOnlyList<List<KeyValuePair<int, SparseEmbedding>>> Sparse => _sparse;

    /// <summary>Brings the inverted indexes up to date and makes the snapshot to publish. A table that loses its last row is anyone's to fill.</summary>
    /// <param name="leavesIndexes">Whether the indexes stay as they are, to be made for all rows later.</param>
    public TableSnapshot Finish(bool leavesIndexes = false)
    {
        try
        {
            // A batch that changes nothing leaves what was remembered before the first rows.
            EncoderFingerprint?[] encoders = _state.LiveCount == 0 && _ended.Count > 0 ? new EncoderFingerprint?[_encoders.Length] : _encoders;
            return new TableSnapshot(_state, generation, _state.Count, leavesIndexes ? before.LazyIndexes : new PendingIndexes(UpdateIndexes()), encoders);
        }
        catch
        {
            Undo();
            throw;
        }
    }

    private RowIndexes UpdateIndexes()
    {
        // Of a key that is in the batch twice, the first row is no longer there.
        foreach (List<KeyValuePair<int, SparseEmbedding>> vectors in _sparse)
        {
            vectors.RemoveAll(vector => !_state.GetRow(vector.Key).IsLive);
        }

        return before.Indexes.Update(_ended, AddedRows(), _sparse);
    }

    private IEnumerable<Row> AddedRows()
    {
        for (int index = before.Count; index < _state.Count; index++)
        {
            if (_state.GetRow(index) is { IsLive: true } row)
            {
                yield return row;
            }
        }
    }

    private void Append(PendingRows rows, int index)
    {
        object?[] values = rows.GetValues(index);
        foreach (VectorProperty property in model.VectorColumns)
        {
            if (values[property.Slot] is null)
            {
                continue;
            }

            if (property.IsSparse)
            {
                _sparse[property.Column].Add(KeyValuePair.Create(_state.Count, rows.GetSparse(index, property)));
            }
            else if (property.IsMulti)
            {
                _state.SetTokens(property.Column, rows.GetTokens(index, property), rows.FindEncoded(index, property));
            }
            else
            {
                _state.GetVectors(property.Column).Set(_state.Count, rows.GetVector(index, property));
            }
        }

        Row? previous = _state.FindLatest(values[0]!);
        _state.Append(values, generation, previous);
        EndIfLive(previous);
    }

    private void EndIfLive(Row? row)
    {
        if (row is { IsLive: true })
        {
            // Noted first: that may fail for want of memory, and ending may not.
            _ended.Add(row.Index);
            _state.End(row, generation);
        }
    }

    /// <summary>Takes back what was done, where something failed half way: for want of memory, or by a key that cannot be compared. Nothing here can fail.</summary>
    public void Undo()
    {
        // Rows of a batch that failed before stand behind the same count.
        for (int index = before.Count; index < _state.Count; index++)
        {
            _state.TakeBack(index);
        }

        foreach (int index in _ended)
        {
            _state.Revive(index);
        }
    }
}
