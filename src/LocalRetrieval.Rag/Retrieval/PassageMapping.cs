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

    /// <summary>What the reranker reads: heading path, newline, text.</summary>
    internal string EmbeddedText(TRecord record) => HeadingPaths.Prepend(HeadingPath?.Invoke(record), Text(record));

    /// <summary>What is returned of a candidate.</summary>
    internal RetrievedPassage<TRecord> ToPassage(RetrievalCandidate<TRecord> candidate, int rank)
    {
        TRecord record = candidate.Record;
        return new RetrievedPassage<TRecord>(record)
        {
            Key = candidate.Key,
            Collection = candidate.Collection,
            Text = Text(record),
            Source = Source?.Invoke(record),
            Title = Title?.Invoke(record),
            Page = Page?.Invoke(record),
            HeadingPath = HeadingPath?.Invoke(record),
            Offset = Offset?.Invoke(record),
            Length = Length?.Invoke(record),
            Score = candidate.Score,
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
