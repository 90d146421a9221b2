namespace LocalRetrieval.VectorData.Keyword;

/// <summary>A segment and the documents removed from it since it was written.</summary>
internal readonly record struct IndexPart<TTerm>(PostingSegment<TTerm> Segment, DocumentSet Removed)
    where TTerm : notnull
{
    public int Count => Segment.Count - Removed.Count;

    /// <summary>How many documents that are not removed hold a term.</summary>
    public int CountOf(TTerm term)
    {
        (int start, int end) = Segment.Find(term);
        if (Removed.Count == 0)
        {
            return end - start;
        }

        int count = 0;
        foreach (int document in Segment.Documents[start..end])
        {
            count += Removed.Contains(document) ? 0 : 1;
        }

        return count;
    }
}
