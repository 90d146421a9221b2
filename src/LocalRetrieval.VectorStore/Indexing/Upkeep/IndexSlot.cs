namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>The place of a dense column's index in a table's state: there is one, or that of the state before waits for its rows' new numbers, or there is none and all vectors are compared.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="column">What all states of the table have in common of the column.</param>
internal sealed class IndexSlot(IndexedColumn column)
{
    // One reference, so that whoever makes the next state finds the index or what becomes one.
    private volatile object? _content;

    public IndexedColumn Column => column;

    /// <summary>The index; null where there is none yet.</summary>
    public VectorIndex? Index
    {
        get => _content as VectorIndex;
        set => _content = value;
    }

    /// <summary>The index of a state before, where it is yet to be renumbered; else null.</summary>
    public InheritedIndex? Inherited => _content as InheritedIndex;

    /// <summary>The slot of the next state.</summary>
    /// <param name="newRows">The number of each row of this state in that one; -1 for one that goes.</param>
    public IndexSlot Next(int[] newRows)
    {
        object? content = _content;
        return new IndexSlot(column)
        {
            _content = content is VectorIndex index ? new InheritedIndex(index, newRows) : (content as InheritedIndex)?.Then(newRows),
        };
    }
}
