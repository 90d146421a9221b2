using WebRag.Documents;

namespace WebRag.Searching;

/// <summary>What is searched for.</summary>
internal sealed record SearchRequest
{
    public required string Query { get; init; }

    public DocumentFilter? Filter { get; init; }
}
