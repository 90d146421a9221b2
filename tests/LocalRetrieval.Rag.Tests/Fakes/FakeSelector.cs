namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Selects by a function.</summary>
internal sealed class FakeSelector(Func<IReadOnlyList<RetrievalCandidate<Note>>, IReadOnlyList<RetrievalCandidate<Note>>> select) : ICandidateSelector<Note>
{
    public Task<IReadOnlyList<RetrievalCandidate<Note>>> SelectAsync(
        CandidateRequest<Note> request, IReadOnlyList<RetrievalCandidate<Note>> candidates, CancellationToken cancellationToken) => Task.FromResult(select(candidates));
}
