namespace LocalRetrieval.VectorData.Storage;

/// <summary>A record as the store keeps it, in one of the versions that it had.</summary>
/// <remarks>Nothing of it changes but the generation that ends it, which only a table's writer sets.</remarks>
/// <param name="created">The generation that begins the row.</param>
/// <param name="index">The row's place in its table.</param>
/// <param name="previous">The version of the same key before this one.</param>
internal abstract class Row(long created, int index, Row? previous)
{
    /// <summary>The generation that ends a row of a batch that failed: no generation has it.</summary>
    public const long Never = 0;

    /// <summary>The generation that ends a row that none ends yet.</summary>
    protected const long Open = long.MaxValue;

    /// <summary>The generation that begins the row.</summary>
    public long Created => created;

    public abstract object Key { get; }

    /// <summary>The values by slot, the key first; a vector's slot says whether there is one. Nobody changes them.</summary>
    public abstract object?[] Values { get; }

    public int Index => index;

    public Row? Previous => previous;

    /// <summary>Whether no generation ends the row yet.</summary>
    public bool IsLive => Ended == Open;

    /// <summary>Whether the row is one of a batch that failed.</summary>
    public bool WasNever => Ended == Never;

    /// <summary>The generation that ends the row.</summary>
    protected abstract long Ended { get; set; }

    public bool IsVisibleAt(long generation) => created <= generation && generation < Ended;

    /// <summary>Whether the row has a vector of a column, in which dense ones are.</summary>
    /// <param name="column">The column.</param>
    /// <param name="slot">Its slot.</param>
    public abstract bool HasVector(int column, int slot);

    /// <summary>Ends the row: it is not there at <paramref name="generation"/> and later.</summary>
    public void End(long generation) => Ended = generation;

    public void Revive() => Ended = Open;
}
