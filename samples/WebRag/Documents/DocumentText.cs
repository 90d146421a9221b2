namespace WebRag.Documents;

/// <summary>A part of a document, as it was indexed.</summary>
internal sealed record DocumentText
{
    public required DocumentInfo Document { get; init; }

    /// <summary>The passages, in the order of the document.</summary>
    public required IReadOnlyList<PassageText> Passages { get; init; }

    /// <summary>How many passages the document has in all.</summary>
    public required int Total { get; init; }
}
