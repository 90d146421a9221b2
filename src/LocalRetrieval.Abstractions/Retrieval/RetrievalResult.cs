namespace LocalRetrieval;

/// <summary>What one retrieval found.</summary>
/// <remarks>Safe for concurrent reading.</remarks>
public class RetrievalResult
{
    /// <summary>Holds <paramref name="passages"/>, which are in order already.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passages">The passages, best first.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public RetrievalResult(string query, IReadOnlyList<RetrievedPassage> passages)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(passages);
        Query = query;
        Passages = passages;
    }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>The passages, best first.</summary>
    public IReadOnlyList<RetrievedPassage> Passages { get; }

    /// <summary>All candidates by the first stage's rank, those that were cut included: what the final order was chosen from.</summary>
    public IReadOnlyList<RetrievedPassage> Candidates { get; init; } = [];

    /// <summary>How long each stage took, in the order in which they ran.</summary>
    public IReadOnlyList<StageTiming> Timings { get; init; } = [];
}
