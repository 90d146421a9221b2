using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What one indexing run did.</summary>
public sealed record IndexingResult
{
    /// <summary>The documents that were indexed; failed ones are not counted.</summary>
    public int Documents { get; init; }

    /// <summary>The passages that were embedded and written.</summary>
    public int Embedded { get; init; }

    /// <summary>The passages that were written with a vector that was known: only their place or their document's metadata changed, or an identical passage was embedded.</summary>
    public int Moved { get; init; }

    /// <summary>The passages that were left alone.</summary>
    public int Unchanged { get; init; }

    /// <summary>The passages that were deleted, since their document became shorter.</summary>
    public int Deleted { get; init; }

    /// <summary>The passages that were embedded anew before the documents were indexed, since another encoder had filled the collection, those included that an earlier run had embedded that did not end; see <see cref="EncoderChange.Rebuild"/>.</summary>
    public int Rebuilt { get; init; }

    /// <summary>The documents that could not be indexed.</summary>
    public IReadOnlyList<IndexingFailure> Failures { get; init; } = [];

    /// <summary>The documents of a folder that nothing reads; one that was named and that nothing reads is among <see cref="Failures"/>.</summary>
    public IReadOnlyList<SkippedDocument> Skipped { get; init; } = [];

    /// <summary>The documents that were indexed and gave no passage; <see cref="Documents"/> counts them too.</summary>
    public IReadOnlyList<EmptyDocument> Empty { get; init; } = [];

    /// <summary>What was read in another way than its author may have meant, in the documents' order.</summary>
    public IReadOnlyList<IndexingWarning> Warnings { get; init; } = [];

    /// <summary>The figures, in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted.Of(Documents, "document")} indexed, {Failures.Count} failed{Count(Skipped.Count, "skipped")}{Count(Empty.Count, "without a passage")}{Count(Warnings.Count, Counted.Noun(Warnings.Count, "warning"))}; passages: {Embedded} embedded, {Moved} moved, {Unchanged} unchanged, {Deleted} deleted, {Rebuilt} rebuilt");

    /// <summary>Throws if a document failed.</summary>
    /// <exception cref="AggregateException">At least one document failed; it holds the reasons, and its message has a line for each, with the documents.</exception>
    public void ThrowIfFailed()
    {
        if (Failures.Count > 0)
        {
            int all = Failures.Count + Documents;
            throw new FailedDocumentsException(
                string.Create(CultureInfo.InvariantCulture, $"{Failures.Count} of {Counted.Of(all, "document")} {(Failures.Count == 1 ? "was" : "were")} not indexed"),
                FailureText.Lines(Failures.Select(failure => (failure.Source, failure.Reason))),
                Failures.Select(failure => failure.Error));
        }
    }

    private static string Count(int count, string what) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count} {what}");
}
