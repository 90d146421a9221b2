namespace LocalRetrieval.Rag;

/// <summary>How the stages of a retrieval become one order.</summary>
public enum FinalOrder
{
    /// <summary>
    /// The weighted sum of the standard scores: for each stage z = (score − mean) / deviation over the query's candidates, with the
    /// population deviation. A stage that scores all alike adds nothing; with fewer than three candidates the last reranker decides, or
    /// without one the first generator.
    /// </summary>
    StandardScores,

    /// <summary>Reciprocal rank fusion of all stages, each with its weight: the sum of weight / (60 + rank) over those that ranked the candidate.</summary>
    ReciprocalRanks,
}
