using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>One batch of changes: what it does belongs to the next generation, and is seen when its snapshot is published.</summary>
internal sealed class TableBatch(RecordModel model, TableSnapshot before)
{
    private readonly TableState _state = before.State;
    private readonly long _generation = before.Generation + 1;
    private readonly List<int> _ended = [];
    private readonly EncoderFingerprint?[] _encoders = [.. before.Encoders];

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

    /// <summary>Brings the full-text indexes up to date and makes the snapshot to publish. A table that loses its last row is anyone's to fill.</summary>
    public TableSnapshot Finish()
    {
        try
        {
            // A batch that changes nothing leaves what was remembered before the first rows.
            EncoderFingerprint?[] encoders = _state.LiveCount == 0 && _ended.Count > 0 ? new EncoderFingerprint?[_encoders.Length] : _encoders;
            return new TableSnapshot(_state, _generation, _state.Count, UpdateKeywords(before, _ended), encoders);
        }
        catch
        {
            Undo();
            throw;
        }
    }

    /// <summary>Brings full-text indexes up to date with the rows that their snapshot does not know.</summary>
    public static KeywordIndex?[] UpdateKeywords(TableSnapshot before, List<int> removed)
    {
        TableState state = before.State;
        return [.. before.Keywords.Select((index, slot) => index?.Update(removed, Texts(slot)))];

        IEnumerable<KeyValuePair<int, string>> Texts(int slot)
        {
            for (int row = before.Count; row < state.Count; row++)
            {
                if (state.GetRow(row) is { IsLive: true } live && live.Values[slot] is string text)
                {
                    yield return new KeyValuePair<int, string>(row, text);
                }
            }
        }
    }

    private void Append(PendingRows rows, int index)
    {
        object?[] values = rows.GetValues(index);
        foreach (VectorProperty property in model.VectorColumns)
        {
            if (values[property.Slot] is not null)
            {
                _state.GetVectors(property.Column).Set(_state.Count, rows.GetVector(index, property));
            }
        }

        Row? previous = _state.FindLatest(values[0]!);
        _state.Append(values, _generation, previous);
        EndIfLive(previous);
    }

    private void EndIfLive(Row? row)
    {
        if (row is { IsLive: true })
        {
            // Noted first: that may fail for want of memory, and ending may not.
            _ended.Add(row.Index);
            _state.End(row, _generation);
        }
    }

    /// <summary>Takes back what was done, where something failed half way: for want of memory, or by a key that cannot be compared.</summary>
    private void Undo()
    {
        foreach (int index in _ended)
        {
            _state.Revive(_state.GetRow(index));
        }

        for (int index = _state.Count - 1; index >= before.Count; index--)
        {
            if (_state.GetRow(index) is { IsLive: true } row)
            {
                _state.Forget(row);
            }
        }
    }
}
