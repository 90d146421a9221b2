namespace LocalRetrieval.Rag;

/// <summary>A part of a document, short enough to be embedded.</summary>
public sealed record DocumentChunk
{
    /// <summary>
    /// The text as its reader sees it. It is <c>source.Substring(Offset, Length)</c> where nothing of that is left out, such as a comment, and where it
    /// does not start within a table, of which it then has the columns' names first.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>The headings above it, outermost first, joined by " &gt; "; null where there are none.</summary>
    public string? HeadingPath { get; init; }

    /// <summary>Where it starts in the document's own text, in UTF-16 units; for a format that is no text, in <see cref="DocumentContent.Text"/>.</summary>
    public required int Offset { get; init; }

    /// <summary>The tokens of <see cref="EmbeddedText"/>.</summary>
    public required int TokenCount { get; init; }

    /// <summary>How much of that text it stands for, in UTF-16 units.</summary>
    public required int Length { get; init; }

    /// <summary>The page, slide or sheet that it starts on, from 1; null where the document has none.</summary>
    public int? Page { get; init; }

    /// <summary>What is embedded and reranked: heading path, newline, text; the text alone where there is no path.</summary>
    public string EmbeddedText => HeadingPaths.Prepend(HeadingPath, Text);
}
