namespace LocalRetrieval.VectorData;

/// <summary>How the lists of a hybrid search become one.</summary>
public enum HybridFusionMethod
{
    /// <summary>Adds up weight / (rank constant + rank).</summary>
    ReciprocalRank,

    /// <summary>Adds up the weighted scores, each list's stretched to reach from 0 to 1.</summary>
    MinMax,
}
