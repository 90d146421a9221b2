using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>How far indexing has come, told when a document is done; and before, while a collection is embedded anew, after each batch.</summary>
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

    /// <summary>The passages that were embedded anew so far, by earlier runs that did not end included, while that is being done; otherwise 0. <see cref="Source"/> is then the last one's. See <see cref="EncoderChange.Rebuild"/>.</summary>
    public int Rebuilt { get; init; }

    /// <summary>All passages that are to be embedded anew, while that is being done; otherwise null.</summary>
    public int? TotalToRebuild { get; init; }

    /// <summary>Why the document failed, or null.</summary>
    public Exception? Error { get; init; }

    /// <summary>Why the document was skipped, or null.</summary>
    public string? SkippedReason { get; init; }

    /// <summary>The figures, in a line.</summary>
    public override string ToString() => Rebuilt > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Rebuilt}{(TotalToRebuild is { } all ? $" of {all}" : "")} {Counted.Noun(TotalToRebuild ?? Rebuilt, "passage")} embedded anew")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Documents}{(TotalDocuments is { } total ? $" of {total}" : "")} {Counted.Noun(TotalDocuments ?? Documents, "document")}, {Counted.Of(Passages, "passage")}: {Outcome}");

    private string Outcome =>
        Error is not null ? $"'{Source}' {FailureText.Behind(Source, Error, "failed")}"
        : SkippedReason is not null ? $"'{Source}' was skipped: {SkippedReason}"
        : $"'{Source}' is done";
}
