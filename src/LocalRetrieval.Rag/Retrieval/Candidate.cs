namespace LocalRetrieval.Rag;

/// <summary>A record that the vector search found, with what the stages say of it.</summary>
/// <param name="Record">The record.</param>
/// <param name="VectorScore">The score of the vector search, turned so that higher is better.</param>
internal sealed record Candidate<TRecord>(TRecord Record, double VectorScore)
    where TRecord : class
{
    /// <summary>The reranker's logit, or its score where it has no logits; NaN where the candidate was not reranked.</summary>
    public double RerankerScore { get; set; } = double.NaN;

    /// <summary>The reranker's score after its activation; NaN where the candidate was not reranked.</summary>
    public double Relevance { get; set; } = double.NaN;

    /// <summary>The place among the reranked, from 1.</summary>
    public int RerankerRank { get; set; }

    /// <summary>The score that decides the order.</summary>
    public double FinalScore { get; set; }

    public bool IsReranked => double.IsFinite(RerankerScore);
}
