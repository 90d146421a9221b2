namespace LocalRetrieval;

/// <summary>One document of a <see cref="RerankingResult"/>.</summary>
public readonly record struct RerankedDocument
{
    /// <summary>A document with its score.</summary>
    /// <param name="index">The document's place in the list that was reranked, from 0.</param>
    /// <param name="score">Its relevance after the model's activation.</param>
    public RerankedDocument(int index, float score)
    {
        Index = index;
        Score = score;
    }

    /// <summary>The document's place in the list that was reranked, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Its relevance after the model's activation; for one logit and no other word of the model's, the sigmoid, in (0, 1). Higher is better.</summary>
    public float Score { get; init; }

    /// <summary>The model's raw output before the activation, or null where the reranker has none. Standardise this one when blending, since an activation flattens the ends.</summary>
    public float? Logit { get; init; }
}
