namespace LocalRetrieval.VectorData.Storage;

/// <summary>A row whose values are in memory.</summary>
/// <param name="values">The values by slot, the key first.</param>
/// <param name="created">The generation that begins the row.</param>
/// <param name="index">The row's place in its table.</param>
/// <param name="previous">The version of the same key before this one.</param>
internal sealed class MemoryRow(object?[] values, long created, int index, Row? previous) : Row(created, index, previous)
{
    private long _ended = Open;

    public override object Key => values[0]!;

    /// <summary>The key's hash, which is computed once: that of a text costs more than all else of finding it.</summary>
    public int KeyHash { get; } = values[0]!.GetHashCode();

    public override object?[] Values => values;

    protected override long Ended
    {
        get => Volatile.Read(ref _ended);
        set => Volatile.Write(ref _ended, value);
    }

    public override bool HasVector(int column, int slot) => values[slot] is not null;
}
