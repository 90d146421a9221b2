namespace LocalRetrieval.Rag;

/// <summary>A part of a document, short enough to be embedded: one contiguous range of its text.</summary>
public sealed record DocumentChunk
{
    /// <summary>The text: <c>source.Substring(Offset, Length)</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The headings above it, outermost first, joined by " &gt; "; null where there are none.</summary>
    public string? HeadingPath { get; init; }

    /// <summary>Where it starts in the source's text, in UTF-16 units.</summary>
    public required int Offset { get; init; }

    /// <summary>The tokens of <see cref="EmbeddedText"/>.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Its length in the source's text, in UTF-16 units.</summary>
    public int Length => Text.Length;

    /// <summary>What is embedded and reranked: heading path, newline, text; the text alone where there is no path.</summary>
    public string EmbeddedText => HeadingPaths.Prepend(HeadingPath, Text);
}
