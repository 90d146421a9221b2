using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>A row whose values stand in a snapshot: they are read when they are first asked for. It is made for whoever looks at it, and the snapshot knows whether it has ended.</summary>
internal sealed class StoredRow(SnapshotRows rows, int index) : Row(rows.Generation, index, previous: null)
{
    private object?[]? _values;

    public override object Key => _values?[0] ?? rows.ReadKey(Index);

    public override object?[] Values => _values ??= rows.ReadValues(Index);

    protected override long Ended
    {
        get => rows.EndOf(Index);
        set => rows.SetEnd(Index, value);
    }

    public override bool HasVector(int column, int slot) => rows.HasVector(column, Index);
}
