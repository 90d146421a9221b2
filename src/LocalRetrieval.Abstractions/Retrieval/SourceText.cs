namespace LocalRetrieval;

/// <summary>The text of a whole source, put together of its passages.</summary>
public sealed record SourceText
{
    /// <summary>The key of the passage that it was asked by.</summary>
    public required string Key { get; init; }

    /// <summary>The collection that the passage is of; null where that is not known.</summary>
    public string? Collection { get; init; }

    /// <summary>The source: a path, a URI or any name that the indexer was given; null where the passage has none, and is all there is.</summary>
    public string? Source { get; init; }

    /// <summary>The title of the document; null where it has none.</summary>
    public string? Title { get; init; }

    /// <summary>The headings above the passage that it was asked by, outermost first; null where there are none.</summary>
    public string? HeadingPath { get; init; }

    /// <summary>The page, slide or sheet that this passage starts on, from 1; null where the document has none.</summary>
    public int? Page { get; init; }

    /// <summary>The text of all its passages, what they share once; what was not indexed, such as white space between them, as far as it can be told.</summary>
    public required string Text { get; init; }

    /// <summary>How many passages it was put together of.</summary>
    public required int Passages { get; init; }
}
