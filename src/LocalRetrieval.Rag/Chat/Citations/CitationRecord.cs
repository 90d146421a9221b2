using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>A source as it travels in a message's additional properties, with the regions that cite it.</summary>
internal sealed record CitationRecord
{
    public required int Number { get; init; }

    public string Key { get; init; } = "";

    public string? Collection { get; init; }

    public required string Text { get; init; }

    public string? Source { get; init; }

    public string? Title { get; init; }

    public int? Page { get; init; }

    public string? HeadingPath { get; init; }

    public int? Offset { get; init; }

    public int? Length { get; init; }

    public bool IsCut { get; init; }

    /// <summary>Start and end of each marker in the message's text.</summary>
    public int[][]? Regions { get; init; }

    public static CitationRecord Of(ContextSource source, int[][]? regions = null) => new()
    {
        Number = source.Number,
        Key = source.Passage.Key,
        Collection = source.Passage.Collection,
        Text = source.Passage.Text,
        Source = source.Passage.Source,
        Title = source.Passage.Title,
        Page = source.Passage.Page,
        HeadingPath = source.Passage.HeadingPath,
        Offset = source.Passage.Offset,
        Length = source.Passage.Length,
        IsCut = source.IsCut,
        Regions = regions,
    };

    /// <summary>What a message's property holds, as it was set or as JSON gave it back.</summary>
    /// <remarks>What a client keeps for us may have been cut or changed on its way: anything else than records is none.</remarks>
    public static CitationRecord[] Read(object? value)
    {
        try
        {
            return value is JsonElement { ValueKind: JsonValueKind.Array } element
                ? element.Deserialize(CitationJsonContext.Default.CitationRecordArray) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static JsonElement Write(CitationRecord[] records) => JsonSerializer.SerializeToElement(records, CitationJsonContext.Default.CitationRecordArray);

    public ContextSource ToSource() => new()
    {
        Number = Number,
        IsCut = IsCut,
        Passage = new RetrievedPassage
        {
            Key = Key,
            Collection = Collection,
            Text = Text,
            Source = Source,
            Title = Title,
            Page = Page,
            HeadingPath = HeadingPath,
            Offset = Offset,
            Length = Length,
            Score = 0,
            Rank = 0,
        },
    };
}
