using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Scores all documents that hold a term of a query, a window of documents at a time, whose scores stay in the nearest cache.</summary>
internal sealed class PostingScan<TTerm, TWeight>(QueryTerm<TTerm>[] query, TWeight weight, RowSearchOptions options)
    where TTerm : notnull
    where TWeight : struct, IPostingWeight
{
    private const int Window = 2048;

    private readonly double[] _scores = new double[Window];
    private readonly TopRows _found = new(options.Kept);

    /// <summary>Searches an index.</summary>
    /// <returns>The rows found, best first; of equal scores, the lowest row first.</returns>
    public RowScore[] Run(InvertedIndex<TTerm> index, CancellationToken cancellationToken)
    {
        foreach (IndexPart<TTerm> part in index.Parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Scan(part, cancellationToken);
        }

        (double Nearness, int Row)[] kept = _found.Take(options.Skip);
        RowScore[] rows = new RowScore[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i].Nearness < options.ScoreThreshold)
            {
                return rows[..i];
            }

            rows[i] = new RowScore(kept[i].Row, kept[i].Nearness);
        }

        return rows;
    }

    private void Scan(IndexPart<TTerm> part, CancellationToken cancellationToken)
    {
        PostingSegment<TTerm> segment = part.Segment;
        (int Next, int End)[] postings = [.. query.Select(term => segment.Find(term.Term))];
        for (int first = FirstDocument(segment, postings); first < segment.Count; first = FirstDocument(segment, postings))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = first / Window * Window;
            for (int term = 0; term < query.Length; term++)
            {
                postings[term].Next = AddTerm(segment, query[term].Weight, start, postings[term].Next, postings[term].End);
            }

            Offer(part, start, Math.Min(Window, segment.Count - start));
        }
    }

    /// <summary>The first document whose postings were not read yet; past all where there is none.</summary>
    private static int FirstDocument(PostingSegment<TTerm> segment, (int Next, int End)[] postings)
    {
        int first = int.MaxValue;
        foreach ((int next, int end) in postings)
        {
            first = next < end ? Math.Min(first, segment.Documents[next]) : first;
        }

        return first;
    }

    /// <returns>The posting that begins the term's next window.</returns>
    private int AddTerm(PostingSegment<TTerm> segment, double queryWeight, int start, int next, int end)
    {
        ReadOnlySpan<int> documents = segment.Documents[..end];
        ReadOnlySpan<float> weights = segment.Weights[..end];
        ReadOnlySpan<float> lengths = segment.Lengths;
        double[] scores = _scores;
        for (; next < documents.Length && documents[next] - start < Window; next++)
        {
            int document = documents[next];
            scores[document - start] += weight.Of(queryWeight, weights[next], lengths[document]);
        }

        return next;
    }

    private void Offer(IndexPart<TTerm> part, int start, int count)
    {
        double bound = _found.Bound;
        for (int i = 0; i < count; i++)
        {
            double score = _scores[i];
            if (score == 0)
            {
                continue;
            }

            _scores[i] = 0;
            if (score >= bound && !part.Removed.Contains(start + i) && options.Accepts?.Invoke(part.Segment.Rows[start + i]) != false)
            {
                _found.Offer(score, part.Segment.Rows[start + i]);
                bound = _found.Bound;
            }
        }    }
}
