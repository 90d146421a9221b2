namespace LocalRetrieval.Rag;

/// <summary>What a reader reads, and how a document of it is told from others.</summary>
public sealed record ReaderFormat
{
    /// <summary>The format's name, as people know it: <c>Markdown</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Raised when the reader makes something else of the same bytes, so that documents are read again.</summary>
    /// <value>The default is 1.</value>
    public int Version { get; init; } = 1;

    /// <summary>The endings of names, each with its dot, such as <c>.md</c>; a whole file name, such as <c>Makefile</c>, has none. Compared without regard to case.</summary>
    public required IReadOnlyList<string> Extensions { get; init; }

    /// <summary>Whether bytes are of this format, by a mark, magic bytes or what a ZIP holds; asked before endings are looked at.</summary>
    /// <value>The default is null: the format is told by its ending alone.</value>
    public Func<DocumentSample, bool>? Matches { get; init; }

    /// <summary>Whether its documents are text, so that a text at hand whose name has one of <see cref="Extensions"/> is one.</summary>
    /// <value>The default is false. Those of a <see cref="TextDocumentReader"/> are text in any case.</value>
    public bool IsText { get; init; }
}
