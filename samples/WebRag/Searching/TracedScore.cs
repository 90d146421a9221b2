namespace WebRag.Searching;

/// <summary>What one stage gave a candidate.</summary>
internal sealed record TracedScore
{
    public required string Stage { get; init; }

    /// <summary>The stage's own score.</summary>
    public required double Score { get; init; }

    /// <summary>The stage's rank, from 1; 0 where others found it, and this stage only gave a score.</summary>
    public required int Rank { get; init; }

    /// <summary>What it adds to the candidate's score.</summary>
    public required double Added { get; init; }
}
