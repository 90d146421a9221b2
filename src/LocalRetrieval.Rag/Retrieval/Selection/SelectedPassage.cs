namespace LocalRetrieval.Rag;

/// <summary>A candidate that is returned, and what is joined with it.</summary>
/// <param name="Candidate">The candidate; the best of those that are joined.</param>
/// <param name="Joined">The range that is returned in its place; null where it is returned as it is.</param>
internal sealed record SelectedPassage<TRecord>(RetrievalCandidate<TRecord> Candidate, JoinedText? Joined = null)
    where TRecord : class;
