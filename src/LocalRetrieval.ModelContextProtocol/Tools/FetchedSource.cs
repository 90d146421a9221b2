using System.Text.Json.Serialization;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>What <c>fetch</c> gives.</summary>
internal sealed record FetchedSource
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("metadata")]
    public required FetchedMetadata Metadata { get; init; }
}
