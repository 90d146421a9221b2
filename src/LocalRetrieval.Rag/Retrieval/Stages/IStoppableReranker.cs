namespace LocalRetrieval.Rag;

/// <summary>A reranker that can stop between batches of candidates.</summary>
internal interface IStoppableReranker<TRecord>
    where TRecord : class
{
    /// <summary>Scores candidates in their order, until it is told that it is enough.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="spent">How much of its time budget is spent already, by a run before.</param>
    /// <param name="isEnough">Says so of the scores so far: one for each candidate, null for those that were not read.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>A score for each candidate, null for those that were not read.</returns>
    Task<IReadOnlyList<double?>> ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, TimeSpan spent, Func<IReadOnlyList<double?>, bool> isEnough, CancellationToken cancellationToken);
}
