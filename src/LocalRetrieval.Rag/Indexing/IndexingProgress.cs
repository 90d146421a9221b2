using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>How far indexing has come, told when a document is done.</summary>
public readonly record struct IndexingProgress
{
    /// <summary>The document.</summary>
    public required string Source { get; init; }

    /// <summary>The documents done so far, this one and failed and skipped ones included.</summary>
    public required int Documents { get; init; }

    /// <summary>All documents, or null where their number is not known beforehand.</summary>
    public int? TotalDocuments { get; init; }

    /// <summary>The passages of all documents so far.</summary>
    public required int Passages { get; init; }

    /// <summary>Why the document failed, or null.</summary>
    public Exception? Error { get; init; }

    /// <summary>Why the document was skipped, or null.</summary>
    public string? SkippedReason { get; init; }

    /// <summary>The figures, in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Documents}{(TotalDocuments is { } total ? $" of {total}" : "")} documents, {Passages} passages: '{Source}' {Outcome}");

    private string Outcome => Error is not null ? $"failed: {Error.Message}" : SkippedReason is not null ? $"was skipped: {SkippedReason}" : "is done";
}
