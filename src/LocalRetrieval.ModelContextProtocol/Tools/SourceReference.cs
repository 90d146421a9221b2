using System.Text.Json.Serialization;
using LocalRetrieval.Rag;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>A passage as clients see it: the id by which it is fetched, its title, and the address to cite.</summary>
internal sealed record SourceReference
{
    /// <summary>Its number in an answer; null outside of one.</summary>
    [JsonPropertyName("number")]
    public int? Number { get; init; }

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    /// <summary>The passage's text; null where it is not asked for.</summary>
    [JsonPropertyName("text")]
    public string? Text { get; init; }

    public static SourceReference Of(RetrievedPassage passage, bool hasText = false) => new()
    {
        Id = PassageId.Of(passage),
        Title = OneLine.Of(PassageTitle.Of(passage)),
        Url = SourceUri.Of(passage.Source),
        Text = hasText ? passage.Text : null,
    };
}
