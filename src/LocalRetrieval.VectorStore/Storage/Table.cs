using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The records of one collection, whatever type they are seen as.</summary>
/// <remarks>
/// Writers take turns; readers take a snapshot and need no lock, so that a slow filter or consumer holds nobody up. A batch costs what
/// its own rows cost. Rows that are no longer there are dropped when they are more than those that are: readers keep the state that
/// they have, later ones get the compacted one.
/// </remarks>
internal sealed class Table(RecordModel model)
{
    private const int LeastRowsToCompact = 1024;

    private readonly Lock _writing = new();
    private volatile TableState _state = new(model, generation: 0);

    public TableSnapshot Read() => new(_state);

    /// <exception cref="InvalidOperationException">The table stores other records than <paramref name="asked"/> describes.</exception>
    public void ThrowIfOther(string name, RecordModel asked)
    {
        if (!model.StoresLike(asked))
        {
            throw new InvalidOperationException($"Collection '{name}' exists and has {asked.DifferenceFrom(model)}. Delete it first, or use another name.");
        }
    }

    /// <summary>Adds or replaces records, all at once; of those with one key, the last stays.</summary>
    public void Upsert(PendingRows rows)
    {
        lock (_writing)
        {
            TableState state = _state;
            int start = state.Count;
            state.EnsureCapacity(checked(start + rows.Count));
            long generation = state.Generation + 1;
            try
            {
                for (int i = 0; i < rows.Count; i++)
                {
                    Append(state, rows, i, generation);
                }
            }
            catch
            {
                Undo(state, start, generation);
                throw;
            }

            state.Publish(generation);
            CompactIfWorthwhile(state);
        }
    }

    /// <summary>Deletes records, all at once; keys without a record are passed over.</summary>
    public void Delete(List<object> keys)
    {
        lock (_writing)
        {
            TableState state = _state;
            long generation = state.Generation + 1;
            foreach (object key in keys)
            {
                if (state.FindLatest(key) is { IsLive: true } row)
                {
                    state.End(row, generation);
                }
            }

            state.Publish(generation);
            CompactIfWorthwhile(state);
        }
    }

    private void Append(TableState state, PendingRows rows, int index, long generation)
    {
        object?[] values = rows.GetValues(index);
        foreach (VectorProperty property in model.VectorColumns)
        {
            if (values[property.Slot] is not null)
            {
                state.GetVectors(property.Column).Set(state.Count, rows.GetVector(index, property));
            }
        }

        Row? previous = state.FindLatest(values[0]!);
        state.Append(values, generation, previous);
        if (previous is { IsLive: true })
        {
            state.End(previous, generation);
        }
    }

    /// <summary>Takes back what a batch did that failed half way, for want of memory.</summary>
    private static void Undo(TableState state, int start, long generation)
    {
        for (int index = state.Count - 1; index >= start; index--)
        {
            Row row = state.GetRow(index);
            if (row.Previous is { } previous && previous.IsEndedBy(generation))
            {
                state.Revive(previous);
            }

            state.End(row, generation: 0);
        }
    }

    private void CompactIfWorthwhile(TableState state)
    {
        int dead = state.Count - state.LiveCount;
        if (dead <= LeastRowsToCompact || dead <= state.LiveCount)
        {
            return;
        }

        TableState compacted = new(model, state.Generation);
        compacted.EnsureCapacity(state.LiveCount);
        for (int index = 0; index < state.Count; index++)
        {
            if (state.GetRow(index) is { IsLive: true } row)
            {
                Copy(state, row, compacted);
            }
        }

        _state = compacted;
    }

    private void Copy(TableState state, Row row, TableState compacted)
    {
        foreach (VectorProperty property in model.VectorColumns)
        {
            if (row.Values[property.Slot] is not null)
            {
                compacted.GetVectors(property.Column).Set(compacted.Count, state.GetVectors(property.Column).Get(row.Index));
            }
        }

        compacted.Append(row.Values, state.Generation, previous: null);
    }
}
