namespace WebRag.Searching;

/// <summary>How the passages were found: what each stage took, and what it gave each candidate.</summary>
internal sealed record SearchTrace
{
    public required IReadOnlyList<TracedStage> Stages { get; init; }

    /// <summary>The candidates, the best first; as many as one looks at.</summary>
    public required IReadOnlyList<TracedCandidate> Candidates { get; init; }

    /// <summary>How many candidates there were.</summary>
    public required int Count { get; init; }

    /// <summary>How probable it must be that a passage answers, so that it is said to: 0 to 1.</summary>
    public required double MinimumRelevance { get; init; }

    /// <summary>What stages had to say, such as that one failed and was done without.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
