namespace LocalRetrieval.VectorData;

/// <summary>Which index a vector property of a collection has, and how far that is; <see cref="CollectionStatistics.VectorIndexes"/> has one for each.</summary>
public sealed record VectorIndexStatistics
{
    /// <summary>The property's storage name.</summary>
    public required string Property { get; init; }

    /// <summary>The index that the property asks for: one of <see cref="Microsoft.Extensions.VectorData.IndexKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The index that searches use by now: one of <see cref="Microsoft.Extensions.VectorData.IndexKind"/>. Flat as long as there is none.</summary>
    public required string KindInUse { get; init; }

    /// <summary>Why it is that one, where the property asks for another; null else.</summary>
    public string? Reason { get; init; }

    /// <summary>In what form the index in use keeps the vectors that it compares first.</summary>
    public VectorQuantization Quantization { get; init; }

    /// <summary>How many records the index knows, those that were replaced or deleted included.</summary>
    public long Rows { get; init; }

    /// <summary>How many records the index is behind, those that were replaced or deleted included. Searches compare these one by one, and so find them all the same.</summary>
    public long RowsBehind { get; init; }

    /// <summary>How many bytes the index takes beside the vectors.</summary>
    public long Bytes { get; init; }

    /// <summary>How many records a search compares by whole vectors for each that it is asked for; null where the index in use has no such number.</summary>
    public double? Oversampling { get; init; }

    /// <summary>How many records a search of the graph keeps in view; null where there is no graph.</summary>
    public int? EfSearch { get; init; }

    /// <summary>The share of what an exact search finds that was found when the index last chose <see cref="Oversampling"/> or <see cref="EfSearch"/> by some of its own records; below <see cref="VectorIndexOptions.TargetRecall"/> where the most that may be chosen did not reach it. Null where nothing was chosen, or the index keeps no such number.</summary>
    public double? MeasuredRecall { get; init; }
}
