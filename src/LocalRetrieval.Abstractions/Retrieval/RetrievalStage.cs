namespace LocalRetrieval;

/// <summary>The stages' names in <see cref="RetrievedPassage.Stages"/>.</summary>
public static class RetrievalStage
{
    /// <summary>The bi-encoder: similarity of the query's and the passage's vectors.</summary>
    public const string Vector = "vector";

    /// <summary>The cross-encoder.</summary>
    public const string Reranker = "reranker";
}
