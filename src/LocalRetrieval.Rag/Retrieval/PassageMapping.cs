namespace LocalRetrieval.Rag;

/// <summary>Where the parts of a passage are in a record.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
/// <remarks>The functions may be called concurrently.</remarks>
public sealed class PassageMapping<TRecord>
    where TRecord : class
{
    /// <summary>Gives the key, as text.</summary>
    public required Func<TRecord, string> Key { get; init; }

    /// <summary>Gives the text that is shown and cited.</summary>
    public required Func<TRecord, string> Text { get; init; }

    /// <summary>Gives the source, or null where the records have none.</summary>
    public Func<TRecord, string?>? Source { get; init; }

    /// <summary>Gives the title of the document, or null where the records have none.</summary>
    public Func<TRecord, string?>? Title { get; init; }

    /// <summary>Gives the page, slide or sheet, from 1; null where the records have none.</summary>
    public Func<TRecord, int?>? Page { get; init; }

    /// <summary>Gives the heading path, or null where the records have none.</summary>
    public Func<TRecord, string?>? HeadingPath { get; init; }

    /// <summary>Gives where the text starts in its source, in UTF-16 units; null where it is not known.</summary>
    public Func<TRecord, int?>? Offset { get; init; }

    /// <summary>Gives the text's length in its source, in UTF-16 units; null where it is not known.</summary>
    public Func<TRecord, int?>? Length { get; init; }

    /// <summary>Gives a hash of all that is embedded of the record: records with the same are duplicates. Null goes by the text alone.</summary>
    public Func<TRecord, string?>? ContentHash { get; init; }

    /// <summary>Gives the passage's place among those of its source, from 0 and without gaps; null where it is not known. Joining needs it.</summary>
    public Func<TRecord, int?>? Ordinal { get; init; }

    /// <summary>
    /// Gives the key, as the collection has it, of the passage at another place of the record's source, whether there is one or not; null where that cannot be
    /// told. Neighbors and sections are fetched by it.
    /// </summary>
    public Func<TRecord, int, object?>? KeyAt { get; init; }

    /// <summary>Gives what the passages of a section of a source have in common; null where the records have no sections.</summary>
    public Func<TRecord, string?>? Section { get; init; }

    /// <summary>What the reranker reads: heading path, newline, text.</summary>
    internal string EmbeddedText(TRecord record) => HeadingPaths.Prepend(HeadingPath?.Invoke(record), Text(record));

    /// <summary>What is returned of a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="rank">Its place.</param>
    /// <param name="joined">The range that is returned in its place; null for the candidate alone.</param>
    internal RetrievedPassage<TRecord> ToPassage(RetrievalCandidate<TRecord> candidate, int rank, JoinedText? joined = null)
    {
        TRecord record = candidate.Record;
        return new RetrievedPassage<TRecord>(record)
        {
            Key = candidate.Key,
            Collection = candidate.Collection,
            Text = joined?.Text ?? Text(record),
            Source = Source?.Invoke(record),
            Title = Title?.Invoke(record),
            Page = joined is null ? Page?.Invoke(record) : joined.Page,
            HeadingPath = joined is null ? HeadingPath?.Invoke(record) : joined.HeadingPath,
            Offset = joined is null ? Offset?.Invoke(record) : joined.Offset,
            Length = joined is null ? Length?.Invoke(record) : joined.Length,
            Score = candidate.Score,
            Relevance = candidate.Relevance,
            Rank = rank,
            Stages = candidate.Stages,
            Contributions = candidate.Contributions,
            Omission = candidate.Omission,
            AlsoIn = [.. candidate.Duplicates.Select(LocationOf)],
        };
    }

    private PassageLocation LocationOf(RetrievalCandidate<TRecord> candidate)
    {
        TRecord record = candidate.Record;
        return new PassageLocation
        {
            Key = candidate.Key,
            Collection = candidate.Collection,
            Source = Source?.Invoke(record),
            Title = Title?.Invoke(record),
            Page = Page?.Invoke(record),
            HeadingPath = HeadingPath?.Invoke(record),
            Offset = Offset?.Invoke(record),
            Length = Length?.Invoke(record),
        };
    }
}
