using System.Text.Json.Serialization;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>What a fetched source is, and which part of it was given.</summary>
internal sealed record FetchedMetadata
{
    [JsonPropertyName("source")]
    public string? Source { get; init; }

    [JsonPropertyName("passages")]
    public required int Passages { get; init; }

    /// <summary>The length of the whole text, in UTF-16 units.</summary>
    [JsonPropertyName("length")]
    public required int Length { get; init; }

    /// <summary>Where the given text starts in it.</summary>
    [JsonPropertyName("offset")]
    public required int Offset { get; init; }

    /// <summary>The offset to fetch next; null where the text ends.</summary>
    [JsonPropertyName("nextOffset")]
    public int? NextOffset { get; init; }
}
