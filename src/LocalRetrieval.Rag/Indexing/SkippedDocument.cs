namespace LocalRetrieval.Rag;

/// <summary>A document that a run left out, since nothing reads it; what the collection holds of it is still there.</summary>
public sealed record SkippedDocument
{
    /// <summary>The document.</summary>
    public required string Source { get; init; }

    /// <summary>Why, in a few words, such as <c>no reader for .png (a PNG image)</c> or <c>add the package LocalRetrieval.Documents.Pdf</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The document and the reason, in a line.</summary>
    public override string ToString() => $"'{Source}' was skipped: {Reason}";
}
