namespace LocalRetrieval.Rag;

/// <summary>A document as its reader sees it.</summary>
public sealed record DocumentContent
{
    /// <summary>The text; the ranges of blocks refer to it. What people do not see, such as comments, is not in it.</summary>
    public required string Text { get; init; }

    /// <summary>The sections, in the text's order and without overlap; empty where nothing can be found in the document.</summary>
    public required IReadOnlyList<DocumentSection> Sections { get; init; }

    /// <summary>What the document says of itself.</summary>
    public DocumentMetadata Metadata { get; init; } = DocumentMetadata.None;

    /// <summary>Where <see cref="Text"/> stands in the document's own text.</summary>
    /// <value>Null where both are the same, and for formats that are no text: a passage's place is then one in <see cref="Text"/>.</value>
    public TextMap? Map { get; init; }

    /// <summary>What was read in another way than its author may have meant.</summary>
    public IReadOnlyList<DocumentWarning> Warnings { get; init; } = [];

    /// <summary>Why <see cref="Sections"/> is empty, such as <c>its pages are images without text</c>; null where there is nothing more to say than that it is.</summary>
    public string? EmptyReason { get; init; }

    /// <summary>The declarations of a program, for the heading paths of what starts within them; null for other documents.</summary>
    internal CodeScopes? Scopes { get; init; }
}
