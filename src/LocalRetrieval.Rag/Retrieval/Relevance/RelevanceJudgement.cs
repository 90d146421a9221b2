namespace LocalRetrieval.Rag;

/// <summary>A question with the passages that answer it, as someone judged them.</summary>
public sealed record RelevanceJudgement
{
    /// <summary>A judged question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="relevantKeys">The keys of the passages that answer it; none where nothing in the collection does.</param>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="relevantKeys"/> is null.</exception>
    public RelevanceJudgement(string query, IEnumerable<string> relevantKeys)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        ArgumentNullException.ThrowIfNull(relevantKeys);
        Query = query;
        RelevantKeys = [.. relevantKeys];
    }

    /// <summary>The question.</summary>
    public string Query { get; }

    /// <summary>The keys of the passages that answer it (<see cref="RetrievedPassage.Key"/>); none where nothing in the collection does.</summary>
    public IReadOnlyCollection<string> RelevantKeys { get; }
}
