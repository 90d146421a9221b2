using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What is known so far of a passage that is to be explained.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ExplainedPassage<TRecord>(string key, PassageOutcome outcome)
    where TRecord : class
{
    /// <summary>How far down a passage is looked for.</summary>
    public const int MaxDepth = 10_000;

    private readonly List<string> _notFound = [];

    public string Key => key;

    public PassageOutcome Outcome => outcome;

    public RetrievedPassage<TRecord>? Passage { get; init; }

    public int? FoundRank { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<KeywordMatch>? Matches { get; set; }

    public List<StageScore> Asked { get; } = [];

    /// <summary>Notes how a generator did not find it.</summary>
    /// <param name="stage">The generator's name.</param>
    /// <param name="rank">The place at which it gives the passage; 0 where it does not.</param>
    /// <param name="depth">Among how many it was looked for; 0 where the generator has no more.</param>
    /// <param name="given">How many the generator was asked for in the retrieval.</param>
    public void NotFoundBy(string stage, int rank, int depth, int given) => _notFound.Add((rank, depth) switch
    {
        ( > 0, _) when rank <= given => string.Create(CultureInfo.InvariantCulture, $"{stage} has it at place {rank} when it is asked again"),
        ( > 0, _) => string.Create(CultureInfo.InvariantCulture, $"{stage} has it at place {rank}, beyond its {given} candidates"),
        (_, > 0) => string.Create(CultureInfo.InvariantCulture, $"{stage} does not have it among its first {depth}"),
        _ => $"{stage} does not find it at all",
    });

    public PassageExplanation ToExplanation() => new()
    {
        Key = key,
        Outcome = outcome,
        Reason = _notFound.Count > 0 ? string.Join("; ", _notFound) : Reason,
        Passage = Passage,
        FoundRank = FoundRank,
        Matches = Matches,
        Asked = Asked,
        CandidatesNeeded = Asked.Where(score => score.Rank > 0).Select(score => (int?)score.Rank).Min(),
    };
}
