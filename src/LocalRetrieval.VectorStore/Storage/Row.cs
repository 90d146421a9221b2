namespace LocalRetrieval.VectorData.Storage;

/// <summary>A record as the store keeps it, in one of the versions that it had.</summary>
/// <remarks>Nothing of it changes but the generation that ends it, which only a table's writer sets.</remarks>
/// <param name="values">The values by slot, the key first; a vector's slot says whether there is one. Nobody changes them.</param>
/// <param name="created">The generation that begins the row.</param>
/// <param name="index">The row's place in its table.</param>
/// <param name="previous">The version of the same key before this one.</param>
internal sealed class Row(object?[] values, long created, int index, Row? previous)
{
    /// <summary>The generation that ends a row of a batch that failed: no generation has it.</summary>
    public const long Never = 0;

    private long _deleted = long.MaxValue;

    /// <summary>The generation that begins the row.</summary>
    public long Created => created;

    public object Key => values[0]!;

    public int KeyHash { get; } = values[0]!.GetHashCode();

    public object?[] Values => values;

    public int Index => index;

    public Row? Previous => previous;

    /// <summary>Whether no generation ends the row yet.</summary>
    public bool IsLive => Volatile.Read(ref _deleted) == long.MaxValue;

    /// <summary>Whether the row is one of a batch that failed.</summary>
    public bool WasNever => Volatile.Read(ref _deleted) == Never;

    public bool IsVisibleAt(long generation) => created <= generation && generation < Volatile.Read(ref _deleted);

    /// <summary>Ends the row: it is not there at <paramref name="generation"/> and later.</summary>
    public void End(long generation) => Volatile.Write(ref _deleted, generation);

    public void Revive() => Volatile.Write(ref _deleted, long.MaxValue);
}
