namespace LocalRetrieval.Rag;

/// <summary>A stage that finds candidates for a query: by vectors, by words, or by anything else.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>All members are safe for concurrent use; generators of one request run side by side.</remarks>
public interface ICandidateGenerator<TRecord>
    where TRecord : class
{
    /// <summary>The stage's name, under which its scores stand in <see cref="RetrievedPassage.Stages"/>; one of its own in a pipeline.</summary>
    string Name { get; }

    /// <summary>The name of the collection whose records it finds and scores, no others; null for the only one of a retriever over one collection.</summary>
    /// <remarks>A retriever over several asks generators of one name, one for each collection, and takes their scores together.</remarks>
    string? Collection => null;

    /// <summary>Finds the best records for a request, among those that its filter lets through.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="count">How many records to give at most.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The records, best first, each once.</returns>
    Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(CandidateRequest<TRecord> request, int count, CancellationToken cancellationToken);

    /// <summary>Scores records that other generators found and this one did not.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>A score for each record, on the scale of <see cref="FindAsync"/>; null where it is not known, which counts as the least score that was seen.</returns>
    Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken);
}
