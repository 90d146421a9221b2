namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Finds what it is given, and scores others by a function.</summary>
internal sealed class FakeGenerator(string name, params (Note Note, double Score)[] found) : ICandidateGenerator<Note>
{
    public string Name => name;

    public string? Collection { get; init; }

    public Func<Note, double?> Others { get; init; } = _ => null;

    public List<(CandidateRequest<Note> Request, int Count)> Requests { get; } = [];

    public Task<IReadOnlyList<ScoredRecord<Note>>> FindAsync(CandidateRequest<Note> request, int count, CancellationToken cancellationToken)
    {
        Requests.Add((request, count));
        return Task.FromResult<IReadOnlyList<ScoredRecord<Note>>>([.. found.Take(count).Select(pair => new ScoredRecord<Note>(pair.Note, pair.Score))]);
    }

    public Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<Note> request, IReadOnlyList<Note> records, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<double?>>([.. records.Select(Others)]);
}
