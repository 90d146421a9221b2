using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What one indexing run did.</summary>
public sealed record IndexingResult
{
    /// <summary>The documents that were indexed; failed ones are not counted.</summary>
    public int Documents { get; init; }

    /// <summary>The passages that were embedded and written.</summary>
    public int Embedded { get; init; }

    /// <summary>The passages that were written with the vector they had, since only their place or their document's metadata changed.</summary>
    public int Moved { get; init; }

    /// <summary>The passages that were left alone.</summary>
    public int Unchanged { get; init; }

    /// <summary>The passages that were deleted, since their document became shorter.</summary>
    public int Deleted { get; init; }

    /// <summary>The passages that were embedded anew before the documents were indexed, since another encoder had filled the collection; see <see cref="EncoderChange.Rebuild"/>.</summary>
    public int Rebuilt { get; init; }

    /// <summary>The documents that could not be indexed.</summary>
    public IReadOnlyList<IndexingFailure> Failures { get; init; } = [];

    /// <summary>The figures, in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Documents} documents indexed, {Failures.Count} failed; passages: {Embedded} embedded, {Moved} moved, {Unchanged} unchanged, {Deleted} deleted, {Rebuilt} rebuilt");

    /// <summary>Throws if a document failed.</summary>
    /// <exception cref="AggregateException">At least one document failed; it holds the reasons, and its message names the first documents.</exception>
    public void ThrowIfFailed()
    {
        if (Failures.Count > 0)
        {
            string sources = string.Join(", ", Failures.Take(3).Select(failure => $"'{failure.Source}'"));
            throw new AggregateException(
                $"{Failures.Count} of {Failures.Count + Documents} documents were not indexed: {sources}{(Failures.Count > 3 ? ", …" : "")}.",
                Failures.Select(failure => failure.Error));
        }
    }
}
