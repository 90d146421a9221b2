namespace LocalRetrieval.Rag;

/// <summary>What <see cref="PassageIndexer"/> does with a collection that another encoder filled.</summary>
public enum EncoderChange
{
    /// <summary>It is refused with an <see cref="InvalidOperationException"/>, before anything is embedded.</summary>
    Refuse,

    /// <summary>
    /// All of its passages are embedded anew, those of documents that are not indexed now included, and replace the old vectors when all are
    /// there. Where the collection is kept on disk, a run that ends early is gone on with by the next. So are the vectors of their tokens
    /// (<see cref="PassageIndexerOptions.TokenGenerator"/>), apart from these: each of both only where it is another encoder's.
    /// </summary>
    Rebuild,
}
