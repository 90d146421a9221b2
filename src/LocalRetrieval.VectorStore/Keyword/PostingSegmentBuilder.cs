using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Gathers documents, new ones and those of other segments, into one segment.</summary>
internal sealed class PostingSegmentBuilder<TTerm>
    where TTerm : notnull
{
    private readonly List<int> _rows = [];
    private readonly List<float> _lengths = [];
    private readonly Dictionary<TTerm, int> _terms = [];
    private readonly List<int> _counts = [];
    private readonly List<(int Term, int Document, float Weight)> _postings = [];

    /// <summary>Adds a document; its postings follow.</summary>
    public void AddDocument(int row, float length)
    {
        _rows.Add(row);
        _lengths.Add(length);
    }

    /// <summary>Adds a term of the document that was added last; each term once.</summary>
    public void AddPosting(TTerm term, float weight) => AddPosting(NumberOf(term), _rows.Count - 1, weight);

    /// <summary>Adds the documents of a segment that are not removed.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="removed">The documents to leave out.</param>
    /// <param name="newRows">What to make of each row; null to keep them.</param>
    public void AddSegment(PostingSegment<TTerm> segment, DocumentSet removed, int[]? newRows)
    {
        int[] numbers = new int[segment.Count];
        for (int document = 0; document < segment.Count; document++)
        {
            numbers[document] = removed.Contains(document) ? -1 : _rows.Count;
            if (numbers[document] >= 0)
            {
                int row = segment.Rows[document];
                AddDocument(newRows is null ? row : newRows[row], segment.Lengths[document]);
            }
        }

        foreach (TTerm term in segment.Terms)
        {
            (int start, int end) = segment.Find(term);
            AddPostings(term, segment.Documents[start..end], segment.Weights[start..end], numbers);
        }
    }

    /// <exception cref="ArgumentException">A row was added twice.</exception>
    public PostingSegment<TTerm> Build()
    {
        int[] starts = new int[_counts.Count + 1];
        for (int term = 0; term < _counts.Count; term++)
        {
            starts[term + 1] = starts[term] + _counts[term];
        }

        // A counting sort by term: it keeps the documents of a term in their order.
        int[] next = [.. starts];
        int[] documents = new int[_postings.Count];
        float[] weights = new float[_postings.Count];
        foreach ((int term, int document, float weight) in CollectionsMarshal.AsSpan(_postings))
        {
            int index = next[term]++;
            documents[index] = document;
            weights[index] = weight;
        }

        return new PostingSegment<TTerm>([.. _rows], [.. _lengths], _terms, starts, documents, weights);
    }

    private void AddPostings(TTerm term, ReadOnlySpan<int> documents, ReadOnlySpan<float> weights, int[] numbers)
    {
        int number = -1;
        for (int i = 0; i < documents.Length; i++)
        {
            if (numbers[documents[i]] is var document and >= 0)
            {
                // A term whose documents are all removed gets no number.
                number = number < 0 ? NumberOf(term) : number;
                AddPosting(number, document, weights[i]);
            }
        }
    }

    private int NumberOf(TTerm term)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, term, out bool known);
        if (!known)
        {
            number = _counts.Count;
            _counts.Add(0);
        }

        return number;
    }

    private void AddPosting(int term, int document, float weight)
    {
        _counts[term]++;
        _postings.Add((term, document, weight));
    }
}
