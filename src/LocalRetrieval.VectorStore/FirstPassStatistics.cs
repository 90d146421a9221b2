namespace LocalRetrieval.VectorData;

/// <summary>Whether what chooses among the records of a property of several vectors a record is there; <see cref="CollectionStatistics.FirstPasses"/> has one for each.</summary>
public sealed record FirstPassStatistics
{
    /// <summary>The property's storage name.</summary>
    public required string Property { get; init; }

    /// <summary>Which it is: what the first asked for who opened the collection.</summary>
    public MultiVectorFirstPass Kind { get; init; }

    /// <summary>Whether searches use it by now. As long as they do not they compare all that match.</summary>
    public bool IsMade { get; init; }

    /// <summary>Why it is not there; null where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>How many bytes it takes. They are among <see cref="CollectionStatistics.VectorBytes"/>.</summary>
    public long Bytes { get; init; }
}
