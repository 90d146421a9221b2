using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>From when on columns have indexes, and which.</summary>
internal sealed record IndexUpkeepOptions
{
    public static IndexUpkeepOptions Default { get; } = new();

    /// <summary>Fewer rows have no index. Comparing 2,000 vectors of a usual length takes a thread some tenths of a millisecond, as long as the way through a graph; and a collection that stays small takes no memory for one.</summary>
    public int LeastRows { get; init; } = 2000;

    /// <summary>How long an exact search of one query takes, from which on a column that leaves its index open gets a graph: some 150,000 vectors of 384 float32 on two processors.</summary>
    public TimeSpan SlowSearch { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>For how long a column has no index for which there was no memory: what wanted it beside the index has mostly gone by then, and where it has not, little is lost by another try.</summary>
    public TimeSpan PauseWithoutMemory { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Makes the index of a column, as <see cref="VectorIndexFactory.Create"/> does.</summary>
    public Func<VectorProperty, VectorIndexKind, VectorIndex?> Make { get; init; } = VectorIndexFactory.Create;
}
