using System.Text.Json.Serialization;

namespace LocalRetrieval.SemanticKernel;

/// <summary>A source that an answer cites.</summary>
public sealed class AnswerSource
{
    /// <summary>Its number in the answer.</summary>
    [JsonPropertyName("number")]
    public required int Number { get; init; }

    /// <summary>The id by which the plugin's <c>get_source</c> reads it whole.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The source: a path, a URI or any name that the indexer was given; null where it has none.</summary>
    [JsonPropertyName("source")]
    public string? Source { get; init; }

    /// <summary>The title of the document; null where it has none.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>The headings above the passage; null where there are none.</summary>
    [JsonPropertyName("headingPath")]
    public string? HeadingPath { get; init; }

    /// <summary>The page, slide or sheet, from 1; null where there is none.</summary>
    [JsonPropertyName("page")]
    public int? Page { get; init; }
}
