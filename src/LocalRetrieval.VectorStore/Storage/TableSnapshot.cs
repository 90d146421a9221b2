namespace LocalRetrieval.VectorData.Storage;

/// <summary>What a reader sees of a table: all of each batch up to one generation, and nothing of the later ones.</summary>
internal readonly struct TableSnapshot
{
    private readonly TableState _state;

    public TableSnapshot(TableState state)
    {
        // The generation first: the rows of all batches up to it are then within the count.
        _state = state;
        Generation = state.Generation;
        Count = state.Count;
    }

    public long Generation { get; }

    /// <summary>How many rows to look at; not all of them are visible.</summary>
    public int Count { get; }

    public VectorBlocks GetVectors(int column) => _state.GetVectors(column);

    public ColumnIndex? GetIndex(int slot) => _state.GetIndex(slot);

    /// <summary>The row of an index below <see cref="Count"/>, visible or not.</summary>
    public Row GetRow(int index) => _state.GetRow(index);

    /// <summary>The row of an index below <see cref="Count"/>; null where it is not visible.</summary>
    public Row? GetVisible(int index)
    {
        Row row = _state.GetRow(index);
        return row.IsVisibleAt(Generation) ? row : null;
    }

    /// <summary>The visible row of a key, or null where there is none.</summary>
    public Row? Find(object key)
    {
        Row? row = _state.FindLatest(key);
        while (row is not null && !row.IsVisibleAt(Generation))
        {
            row = row.Previous;
        }

        return row;
    }
}
