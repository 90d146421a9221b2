namespace LocalRetrieval.Rag;

/// <summary>What selection made of the candidates.</summary>
/// <param name="Returned">What is returned, best first.</param>
/// <param name="Order">The candidates that are returned, then those that would have come next.</param>
/// <param name="Placement">In which order the returned ones are given.</param>
/// <param name="Passed">How many candidates passed the thresholds.</param>
/// <param name="IsFull">Whether as many are returned as were asked for.</param>
internal sealed record SelectedPassages<TRecord>(
    IReadOnlyList<SelectedPassage<TRecord>> Returned, IReadOnlyList<RetrievalCandidate<TRecord>> Order, PassagePlacement Placement, int Passed, bool IsFull)
    where TRecord : class;
