namespace Microsoft.Extensions.VectorData;

/// <summary>A record found by a search, and its score.</summary>
/// <typeparam name="TRecord">The type of the record.</typeparam>
public sealed class VectorSearchResult<TRecord>
    where TRecord : class
{
    /// <summary>Pairs a record with its score.</summary>
    /// <param name="record">The record.</param>
    /// <param name="score">The score, or null where the store gives none.</param>
    public VectorSearchResult(TRecord record, double? score)
    {
        Record = record;
        Score = score;
    }

    /// <summary>The record.</summary>
    public TRecord Record { get; }

    /// <summary>How near the record is, as the distance function of the searched property counts it.</summary>
    public double? Score { get; }
}
