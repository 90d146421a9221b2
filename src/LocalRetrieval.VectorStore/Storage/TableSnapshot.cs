namespace LocalRetrieval.VectorData.Storage;

/// <summary>What a reader sees of a table: all of each batch up to one generation, and nothing of the later ones.</summary>
/// <param name="state">The rows, later ones included.</param>
/// <param name="generation">The last generation that is seen.</param>
/// <param name="count">How many rows that generation knows.</param>
/// <param name="indexes">The inverted indexes, which may be yet to be made: of a table that is read from files they are made behind the rest, or when they are first needed.</param>
/// <param name="encoders">What fills the vectors, by column.</param>
internal sealed class TableSnapshot(TableState state, long generation, int count, PendingIndexes indexes, EncoderFingerprint?[] encoders)
{
    public TableState State => state;

    public long Generation => generation;

    /// <summary>How many rows to look at; not all of them are visible.</summary>
    public int Count => count;

    /// <summary>The inverted indexes; the rows in them are visible. Waits for them where they are being made.</summary>
    public RowIndexes Indexes => indexes.Value;

    /// <summary>The same, without waiting.</summary>
    public PendingIndexes LazyIndexes => indexes;

    /// <summary>What was the first to fill the vectors since the table was emptied, or is about to, by column; null where that is not known.</summary>
    public EncoderFingerprint?[] Encoders => encoders;

    /// <summary>The same rows at a later generation, with other encoders.</summary>
    public TableSnapshot With(long later, EncoderFingerprint?[] others) => new(state, later, count, indexes, others);

    /// <summary>The same rows at the same generation, with other indexes.</summary>
    public TableSnapshot With(PendingIndexes others) => new(state, generation, count, others, encoders);

    /// <summary>The dense vectors of a column.</summary>
    public VectorBlocks GetVectors(int column) => state.GetVectors(column);

    /// <summary>The index over a slot; null where there is none.</summary>
    public ColumnIndex? GetIndex(int slot) => state.GetIndex(slot);

    /// <summary>The row of an index below <see cref="Count"/>, visible or not.</summary>
    public Row GetRow(int index) => state.GetRow(index);

    /// <summary>The row of an index below <see cref="Count"/>; null where it is not visible.</summary>
    public Row? GetVisible(int index)
    {
        if (index < state.StoredCount)
        {
            return IsVisible(index) ? state.GetRow(index) : null;
        }

        Row row = state.GetRow(index);
        return row.IsVisibleAt(generation) ? row : null;
    }

    /// <summary>Whether the row of an index below <see cref="Count"/> is visible.</summary>
    public bool IsVisible(int index) => index < state.StoredCount ? state.Stored!.EndOf(index) > generation : state.GetRow(index).IsVisibleAt(generation);

    /// <summary>The visible row of a key, or null where there is none.</summary>
    public Row? Find(object key)
    {
        Row? row = state.FindLatest(key);
        while (row is not null && !row.IsVisibleAt(generation))
        {
            row = row.Previous;
        }

        return row;
    }
}
