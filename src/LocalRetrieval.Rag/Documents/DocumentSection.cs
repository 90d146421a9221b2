namespace LocalRetrieval.Rag;

/// <summary>What stands between one heading and the next.</summary>
public sealed record DocumentSection
{
    /// <summary>The headings above, outermost first, joined by " &gt; "; null where there are none.</summary>
    public string? HeadingPath { get; init; }

    /// <summary>The blocks in the text's order, without overlap; of the headings only those that nothing stands below.</summary>
    public required IReadOnlyList<DocumentBlock> Blocks { get; init; }
}
