namespace LocalRetrieval.VectorData.Keyword;

/// <summary>An inverted index of segments. An update leaves it as it is and returns another one that shares most of them.</summary>
/// <remarks>
/// Immutable: whoever holds one sees a whole generation, whatever is written meanwhile. An update writes its documents as one segment,
/// marks rows that it replaces or removes, and joins the last segments while they are of about one size, so that a document is written again
/// about log2(documents) times in all; a segment of which half is removed is written anew.
/// </remarks>
internal sealed class InvertedIndex<TTerm>
    where TTerm : notnull
{
    private readonly IndexPart<TTerm>[] _parts;

    private InvertedIndex(IndexPart<TTerm>[] parts, double totalLength)
    {
        _parts = parts;
        TotalLength = totalLength;
        foreach (IndexPart<TTerm> part in parts)
        {
            Count += part.Count;
        }
    }

    public static InvertedIndex<TTerm> Empty { get; } = new([], 0);

    /// <summary>How many documents there are.</summary>
    public int Count { get; }

    /// <summary>The sum of the documents' lengths.</summary>
    public double TotalLength { get; }

    public ReadOnlySpan<IndexPart<TTerm>> Parts => _parts;

    /// <summary>How many documents hold a term.</summary>
    public int CountOf(TTerm term)
    {
        int count = 0;
        foreach (IndexPart<TTerm> part in _parts)
        {
            count += part.CountOf(term);
        }

        return count;
    }

    /// <summary>The index without some rows, and with the documents of <paramref name="added"/>, which replace those of the same rows.</summary>
    public InvertedIndex<TTerm> Update(IEnumerable<int> removed, PostingSegment<TTerm> added)
    {
        double totalLength = TotalLength;
        int[] rows = [.. removed, .. added.Rows];
        List<IndexPart<TTerm>> parts = new(_parts.Length + 1);
        foreach (IndexPart<TTerm> part in _parts)
        {
            HashSet<int> gone = FindDocuments(part, rows);
            foreach (int document in gone)
            {
                totalLength -= part.Segment.Lengths[document];
            }

            AddUnlessEmpty(parts, new IndexPart<TTerm>(part.Segment, part.Removed.With(gone)));
        }

        foreach (float length in added.Lengths)
        {
            totalLength += length;
        }

        AddUnlessEmpty(parts, new IndexPart<TTerm>(added, DocumentSet.Empty));
        Compact(parts);
        return new InvertedIndex<TTerm>([.. parts], totalLength);
    }

    /// <summary>The same documents, each under the row that <paramref name="newRows"/> has for its row, in one segment.</summary>
    public InvertedIndex<TTerm> Renumber(int[] newRows) => _parts.Length == 0 ? this : new([Rewrite(_parts, newRows)], TotalLength);

    private static HashSet<int> FindDocuments(IndexPart<TTerm> part, int[] rows)
    {
        HashSet<int> documents = [];
        foreach (int row in rows)
        {
            if (part.Segment.DocumentOf(row) is var document and >= 0 && !part.Removed.Contains(document))
            {
                documents.Add(document);
            }
        }

        return documents;
    }

    private static void AddUnlessEmpty(List<IndexPart<TTerm>> parts, IndexPart<TTerm> part)
    {
        if (part.Count > 0)
        {
            parts.Add(part);
        }
    }

    private static void Compact(List<IndexPart<TTerm>> parts)
    {
        int first = parts.Count - 1;
        int joined = first >= 0 ? parts[first].Count : 0;
        while (first > 0 && parts[first - 1].Count <= 2 * joined)
        {
            joined += parts[--first].Count;
        }

        if (first < parts.Count - 1)
        {
            IndexPart<TTerm> join = Rewrite(parts[first..], newRows: null);
            parts.RemoveRange(first, parts.Count - first);
            parts.Add(join);
        }

        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Removed.Count > parts[i].Count)
            {
                parts[i] = Rewrite([parts[i]], newRows: null);
            }
        }
    }

    private static IndexPart<TTerm> Rewrite(IReadOnlyList<IndexPart<TTerm>> parts, int[]? newRows)
    {
        PostingSegmentBuilder<TTerm> builder = new();
        foreach (IndexPart<TTerm> part in parts)
        {
            builder.AddSegment(part.Segment, part.Removed, newRows);
        }

        return new IndexPart<TTerm>(builder.Build(), DocumentSet.Empty);
    }
}
