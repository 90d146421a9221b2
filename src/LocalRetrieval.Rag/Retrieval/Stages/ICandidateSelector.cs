namespace LocalRetrieval.Rag;

/// <summary>A stage that chooses among ordered candidates: drops, joins or moves some.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface ICandidateSelector<TRecord>
    where TRecord : class
{
    /// <summary>Chooses among candidates.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="candidates">The candidates that are good enough, best first.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Those that stay, best first; of them the first <see cref="CandidateRequest{TRecord}.Top"/> are returned after the last selector.</returns>
    Task<IReadOnlyList<RetrievalCandidate<TRecord>>> SelectAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken);
}
