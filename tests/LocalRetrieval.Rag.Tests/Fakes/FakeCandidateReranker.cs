namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Scores candidates by their notes.</summary>
internal sealed class FakeCandidateReranker(string name, Func<Note, double?> score, int? count = null) : ICandidateReranker<Note>
{
    public string Name => name;

    public int? Count => count;

    public List<string[]> Read { get; } = [];

    public Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<Note> request, IReadOnlyList<RetrievalCandidate<Note>> candidates, CancellationToken cancellationToken)
    {
        Read.Add([.. candidates.Select(candidate => candidate.Text)]);
        return Task.FromResult<IReadOnlyList<double?>>([.. candidates.Select(candidate => score(candidate.Record))]);
    }
}
