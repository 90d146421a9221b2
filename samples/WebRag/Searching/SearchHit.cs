using WebRag.Documents;

namespace WebRag.Searching;

/// <summary>A passage that was found.</summary>
internal sealed record SearchHit
{
    public required DocumentInfo Document { get; init; }

    /// <summary>Names the passage to this API.</summary>
    public required string Key { get; init; }

    /// <summary>Its place, from 1.</summary>
    public required int Rank { get; init; }

    public string? Heading { get; init; }

    public int? Page { get; init; }

    public required string Text { get; init; }

    /// <summary>How probable it is that it answers; null where that is not known.</summary>
    public double? Relevance { get; init; }

    /// <summary>The names of other documents that have the same text.</summary>
    public required IReadOnlyList<string> AlsoIn { get; init; }
}
