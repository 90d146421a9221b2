namespace WebRag.Documents;

/// <summary>A passage of a document.</summary>
internal sealed record PassageText
{
    /// <summary>Names the passage to this API.</summary>
    public required string Key { get; init; }

    /// <summary>Its place in the document, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The headings above it, from the outermost on, with <c> &gt; </c> between them; null where there are none.</summary>
    public string? Heading { get; init; }

    /// <summary>The page that it starts on, from 1; null for what has no pages.</summary>
    public int? Page { get; init; }

    public required string Text { get; init; }
}
