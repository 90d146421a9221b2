namespace LocalRetrieval.Rag;

/// <summary>What stands between one heading and the next.</summary>
/// <param name="HeadingPath">The headings above, outermost first, joined by " &gt; "; null where there are none.</param>
/// <param name="Blocks">The blocks in the text's order, without overlap; the headings themselves are not among them.</param>
public sealed record DocumentSection(string? HeadingPath, IReadOnlyList<DocumentBlock> Blocks);
