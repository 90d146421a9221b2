namespace LocalRetrieval.Rag;

/// <summary>What the stages made of one request.</summary>
/// <param name="All">All candidates, first those that the generators together found first.</param>
/// <param name="Ordered">The same, best first.</param>
/// <param name="Selected">What selection made of them.</param>
internal sealed record RankedCandidates<TRecord>(
    IReadOnlyList<RetrievalCandidate<TRecord>> All, IReadOnlyList<RetrievalCandidate<TRecord>> Ordered, SelectedPassages<TRecord> Selected)
    where TRecord : class
{
    /// <summary>Whether what is returned are the first of the order, one after another, and no others were looked for.</summary>
    public bool AreFirst => Selected.Returned.Select(passage => passage.Candidate).SequenceEqual(Ordered.Take(Selected.Returned.Count)) && Selected.IsFull;
}
