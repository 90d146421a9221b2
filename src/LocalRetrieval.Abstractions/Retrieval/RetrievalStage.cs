namespace LocalRetrieval;

/// <summary>The stages' names in <see cref="RetrievedPassage.Stages"/>, <see cref="RetrievalResult.Timings"/> and <see cref="RetrievalResult.Notes"/>.</summary>
public static class RetrievalStage
{
    /// <summary>The bi-encoder: similarity of the query's and the passage's vectors.</summary>
    public const string Vector = "vector";

    /// <summary>The words that query and passage have in common: BM25.</summary>
    public const string Keyword = "keyword";

    /// <summary>A store's own search by vector and words together, of which the rank counts: its score is 1 / (60 + rank).</summary>
    public const string Hybrid = "hybrid";

    /// <summary>Similarity of the query's and the passage's sparse vectors.</summary>
    public const string Sparse = "sparse";

    /// <summary>Late interaction: for each token of the query the similarity of the passage's nearest token, added up.</summary>
    public const string MaxSim = "maxsim";

    /// <summary>The cross-encoder.</summary>
    public const string Reranker = "reranker";

    /// <summary>Chooses among the ordered candidates. It scores nothing.</summary>
    public const string Selection = "selection";

    /// <summary>Makes of a conversation's last message a query that stands alone. It scores nothing.</summary>
    public const string QueryRewriting = "query-rewriting";

    /// <summary>Words the query in other ways. It scores nothing.</summary>
    public const string MultiQuery = "multi-query";

    /// <summary>Writes a text that would answer the query. It scores nothing.</summary>
    public const string HypotheticalDocument = "hypothetical-document";

    /// <summary>Gives results again that were found before. It scores nothing.</summary>
    public const string Cache = "cache";
}
