using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>Where a passage stands that says the same as a retrieved one.</summary>
public sealed record PassageLocation
{
    /// <summary>The passage's key in its collection, as text. JSON leaves it out, as it may be made of hashes.</summary>
    [JsonIgnore]
    public string Key { get; init; } = "";

    /// <summary>The collection that it is of; null where that is not known. JSON leaves it out then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Collection { get; init; }

    /// <summary>Its source; null where it has none.</summary>
    public string? Source { get; init; }

    /// <summary>The title of the document; null where it has none. JSON leaves it out then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>The page, slide or sheet that it starts on, from 1; null where the document has none. JSON leaves it out then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Page { get; init; }

    /// <summary>The headings above it, outermost first, joined by " &gt; "; null where there are none.</summary>
    public string? HeadingPath { get; init; }

    /// <summary>Where it starts in the source's text, in UTF-16 units; null where it is not known.</summary>
    public int? Offset { get; init; }

    /// <summary>Its length in the source's text, in UTF-16 units; null where it is not known.</summary>
    public int? Length { get; init; }
}
