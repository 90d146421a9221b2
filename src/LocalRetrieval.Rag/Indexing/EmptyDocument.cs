namespace LocalRetrieval.Rag;

/// <summary>A document that was indexed and gave no passage.</summary>
public sealed record EmptyDocument
{
    /// <summary>The document.</summary>
    public required string Source { get; init; }

    /// <summary>Why, in a few words, such as <c>its pages are images without text</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The document and the reason, in a line.</summary>
    public override string ToString() => $"'{Source}' gave no passage: {Reason}";
}
