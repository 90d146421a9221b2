using WebRag.Documents;

namespace WebRag.Searching;

/// <summary>What became of a candidate, and why.</summary>
internal sealed record TracedCandidate
{
    public required DocumentInfo Document { get; init; }

    /// <summary>Names the passage to this API.</summary>
    public required string Key { get; init; }

    public string? Heading { get; init; }

    /// <summary>How it begins.</summary>
    public required string Excerpt { get; init; }

    /// <summary>Its place among what was returned, from 1; 0 where it was not.</summary>
    public required int Rank { get; init; }

    /// <summary>Its place before it was reranked; null where that is not known.</summary>
    public int? FoundRank { get; init; }

    /// <summary>Why it was not returned, in a reader's words; null where it was.</summary>
    public string? Omission { get; init; }

    /// <summary>The sum of what the stages add.</summary>
    public required double Score { get; init; }

    public double? Relevance { get; init; }

    public required IReadOnlyList<TracedScore> Scores { get; init; }

    /// <summary>The words of the query that it has; null where that was not asked.</summary>
    public IReadOnlyList<string>? Words { get; init; }
}
