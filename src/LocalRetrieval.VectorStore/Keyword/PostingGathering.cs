namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Gathers what the postings have of some rows, which is all that an index keeps of a document.</summary>
/// <param name="first">The first of the rows.</param>
/// <param name="end">Behind the last one.</param>
internal sealed class PostingGathering(int first, int end)
{
    private readonly Dictionary<int, List<(int Index, float Weight)>> _found = [];

    /// <summary>Reads an index.</summary>
    /// <returns>For each of the rows that is in the index, its terms and their weights, in no order.</returns>
    public Dictionary<int, List<(int Index, float Weight)>> Run(InvertedIndex<int> index)
    {
        foreach (IndexPart<int> part in index.Parts)
        {
            if (FindDocuments(part) is { } documents)
            {
                Gather(part, documents.Least, documents.Greatest);
            }
        }

        return _found;
    }

    /// <summary>Notes which of the rows a part has.</summary>
    /// <returns>Between which documents they are; null where there are none.</returns>
    private (int Least, int Greatest)? FindDocuments(IndexPart<int> part)
    {
        (int Least, int Greatest)? range = null;
        for (int row = first; row < end; row++)
        {
            if (part.Segment.DocumentOf(row) is var document and >= 0 && !part.Removed.Contains(document))
            {
                _found.Add(row, []);
                range = range is { } before ? (Math.Min(before.Least, document), Math.Max(before.Greatest, document)) : (document, document);
            }
        }

        return range;
    }

    private void Gather(IndexPart<int> part, int least, int greatest)
    {
        foreach (int term in part.Segment.Terms)
        {
            (int start, int stop) = part.Segment.Find(term);
            ReadOnlySpan<int> documents = part.Segment.Documents[start..stop];
            int place = documents.BinarySearch(least);
            for (place = place < 0 ? ~place : place; place < documents.Length && documents[place] <= greatest; place++)
            {
                Add(part, documents[place], term, part.Segment.Weights[start + place]);
            }
        }
    }

    private void Add(IndexPart<int> part, int document, int term, float weight)
    {
        if (!part.Removed.Contains(document) && _found.TryGetValue(part.Segment.Rows[document], out List<(int Index, float Weight)>? weights))
        {
            weights.Add((term, weight));
        }
    }
}
