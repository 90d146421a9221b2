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
    private long _nextOrder;

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
    public void Upsert(List<PendingRow> rows)
    {
        lock (_writing)
        {
            TableState state = _state;
            int start = state.Count;
            state.EnsureCapacity(checked(start + rows.Count));
            long generation = state.Generation + 1;
            try
            {
                foreach (PendingRow pending in rows)
                {
                    Append(state, pending, generation);
                }
            }
            catch
            {
                Undo(state, start);
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

    private void Append(TableState state, PendingRow pending, long generation)
    {
        for (int column = 0; column < pending.Vectors.Length; column++)
        {
            if (pending.Vectors[column] is { } vector)
            {
                state.GetVectors(column).Set(state.Count, vector);
            }
        }

        Row? previous = state.FindLatest(pending.Values[0]!);
        bool replaces = previous is { IsLive: true };
        state.Append(pending.Values, replaces ? previous!.Order : _nextOrder++, generation, previous);
        if (replaces)
        {
            state.End(previous!, generation);
        }
    }

    /// <summary>Takes back what a batch did that failed half way, for want of memory.</summary>
    private static void Undo(TableState state, int start)
    {
        for (int index = state.Count - 1; index >= start; index--)
        {
            Row row = state.GetRow(index);
            if (row.Previous is { IsLive: false } previous && previous.Order == row.Order)
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
        foreach (Row row in LiveRows(state))
        {
            for (int column = 0; column < model.VectorColumns.Length; column++)
            {
                if (row.Values[model.VectorColumns[column].Slot] is not null)
                {
                    compacted.GetVectors(column).Set(compacted.Count, state.GetVectors(column).Get(row.Index));
                }
            }

            compacted.Append(row.Values, row.Order, state.Generation, previous: null);
        }

        _state = compacted;
    }

    private static List<Row> LiveRows(TableState state)
    {
        List<Row> rows = new(state.LiveCount);
        for (int index = 0; index < state.Count; index++)
        {
            if (state.GetRow(index) is { IsLive: true } row)
            {
                rows.Add(row);
            }
        }

        rows.Sort(static (x, y) => x.Order.CompareTo(y.Order));
        return rows;
    }
}
