namespace LocalRetrieval.Rag;

/// <summary>How the scores of the stages become one order.</summary>
public enum FinalOrder
{
    /// <summary>
    /// The weighted sum of the standard scores: for each stage z = (score − mean) / deviation over the query's candidates, with the
    /// population deviation. With fewer than three candidates, or where a stage scores all alike, the reranker decides.
    /// </summary>
    StandardScores,

    /// <summary>The reranker alone; equal scores keep the order of the vector search.</summary>
    Reranker,

    /// <summary>The vector search alone; the reranker is not asked, unless a request asks for it to see its scores.</summary>
    Vector,
}
