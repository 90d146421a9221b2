namespace LocalRetrieval.Rag;

/// <summary>A stage that scores candidates anew, by looking at query and passage together.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface ICandidateReranker<TRecord>
    where TRecord : class
{
    /// <summary>The stage's name, under which its scores stand in <see cref="RetrievedPassage.Stages"/>; one of its own in a pipeline.</summary>
    string Name { get; }

    /// <summary>How many candidates it reads, the best of the stage before; null for all that are reranked at all.</summary>
    int? Count { get; }

    /// <summary>Scores candidates.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="candidates">The candidates, the best of the stage before first.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>A score for each candidate, higher is better; null for one that it did not get to, which counts as the least score that was seen.</returns>
    Task<IReadOnlyList<double?>> ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken);
}
