namespace LocalRetrieval.Rag;

/// <summary>Passages as one text with numbered sources.</summary>
public sealed record RetrievalContext
{
    /// <summary>The text; empty where there are no sources.</summary>
    public required string Text { get; init; }

    /// <summary>The sources in the order of the text: what was retrieved, best first, then what is sent again. Their numbers need not follow each other.</summary>
    public required IReadOnlyList<ContextSource> Sources { get; init; }

    /// <summary>The tokens of the text.</summary>
    public required int TokenCount { get; init; }

    /// <summary>How many passages did not fit.</summary>
    public int Omitted { get; init; }
}
