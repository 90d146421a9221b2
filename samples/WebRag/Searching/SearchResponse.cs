namespace WebRag.Searching;

/// <summary>What a search gives.</summary>
internal sealed record SearchResponse
{
    public required string Query { get; init; }

    /// <summary>What was searched for where that is not the query: a question of a conversation, made to stand alone.</summary>
    public string? SearchedFor { get; init; }

    /// <summary>Whether a cross-encoder read what was found.</summary>
    public required bool IsReranked { get; init; }

    /// <summary>Whether one of the passages probably answers; null where that is not asked: while one types.</summary>
    public bool? Answers { get; init; }

    public required IReadOnlyList<SearchHit> Hits { get; init; }

    public required SearchTrace Trace { get; init; }
}
