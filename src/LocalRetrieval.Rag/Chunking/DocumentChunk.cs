namespace LocalRetrieval.Rag;

/// <summary>A part of a document, short enough to be embedded: one contiguous range of its text.</summary>
/// <param name="Text">The text: <c>source.Substring(Offset, Length)</c>.</param>
/// <param name="HeadingPath">The headings above it, outermost first, joined by " &gt; "; null where there are none.</param>
/// <param name="Offset">Where it starts in the source's text, in UTF-16 units.</param>
/// <param name="TokenCount">The tokens of <see cref="EmbeddedText"/>.</param>
public sealed record DocumentChunk(string Text, string? HeadingPath, int Offset, int TokenCount)
{
    /// <summary>Its length in the source's text, in UTF-16 units.</summary>
    public int Length => Text.Length;

    /// <summary>What is embedded and reranked: heading path, newline, text; the text alone where there is no path.</summary>
    public string EmbeddedText => HeadingPaths.Prepend(HeadingPath, Text);
}
