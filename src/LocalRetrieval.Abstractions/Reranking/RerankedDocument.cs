namespace LocalRetrieval;

/// <summary>One document of a <see cref="RerankingResult"/>.</summary>
/// <param name="Index">The document's place in the list that was reranked, from 0.</param>
/// <param name="Score">Its relevance after the model's activation; for one logit and no other word of the model's, the sigmoid, in (0, 1). Higher is better.</param>
public readonly record struct RerankedDocument(int Index, float Score)
{
    /// <summary>The model's raw output before the activation, or null where the reranker has none. Standardise this one when blending, since an activation flattens the ends.</summary>
    public float? Logit { get; init; }
}
