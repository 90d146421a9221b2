using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Sparse vectors of rows (SPLADE and its kind), found by their dot product with a query's.</summary>
/// <remarks>Immutable, as <see cref="InvertedIndex{TTerm}"/>: an update returns another index, and a search sees one whole generation.</remarks>
internal sealed class SparseIndex
{
    private readonly InvertedIndex<int> _index;

    private SparseIndex(InvertedIndex<int> index) => _index = index;

    public static SparseIndex Empty { get; } = new(InvertedIndex<int>.Empty);

    /// <summary>How many rows have a vector.</summary>
    public int Count => _index.Count;

    /// <summary>How many weights there are, those of rows that were left out since included.</summary>
    public long Postings
    {
        get
        {
            long postings = 0;
            foreach (IndexPart<int> part in _index.Parts)
            {
                postings += part.Segment.Documents.Length;
            }

            return postings;
        }
    }

    /// <summary>The index without some rows, and with vectors for others, which replace what these rows had.</summary>
    /// <param name="removed">Rows to leave out; those that are not in the index do not matter.</param>
    /// <param name="added">Rows with their vectors, each row once. The weights are finite and not below 0.</param>
    /// <exception cref="ArgumentException">A row is added twice.</exception>
    public SparseIndex Update(IEnumerable<int> removed, IEnumerable<KeyValuePair<int, SparseEmbedding>> added)
    {
        PostingSegmentBuilder<int> builder = new();
        foreach ((int row, SparseEmbedding vector) in added)
        {
            builder.AddDocument(row, 0);
            ReadOnlySpan<int> indices = vector.Indices.Span;
            ReadOnlySpan<float> weights = vector.Weights.Span;
            for (int i = 0; i < indices.Length; i++)
            {
                if (weights[i] > 0)
                {
                    builder.AddPosting(indices[i], weights[i]);
                }
            }
        }

        return new SparseIndex(_index.Update(removed, builder.Build()));
    }

    /// <summary>The same vectors, each under the row that <paramref name="newRows"/> has for its row.</summary>
    public SparseIndex Renumber(int[] newRows) => new(_index.Renumber(newRows));

    /// <summary>Gathers vectors out of the postings: those of the rows from <paramref name="first"/> up to <paramref name="end"/> that have one, without weights of 0.</summary>
    public Dictionary<int, SparseEmbedding> Gather(int first, int end, int dimensions) =>
        new PostingGathering(first, end).Run(_index).ToDictionary(vector => vector.Key, vector => Make(vector.Value, dimensions));

    /// <summary>Finds the rows that share an index with a query, whose weights are finite and not below 0.</summary>
    /// <returns>The rows found with their dot products, highest first; of equal ones, the lowest row first.</returns>
    public RowScore[] Search(SparseEmbedding query, RowSearchOptions options, CancellationToken cancellationToken = default)
    {
        List<QueryTerm<int>> terms = new(query.Indices.Length);
        for (int i = 0; i < query.Indices.Length; i++)
        {
            if (query.Weights.Span[i] > 0)
            {
                terms.Add(new QueryTerm<int>(query.Indices.Span[i], query.Weights.Span[i]));
            }
        }

        return new PostingScan<int, DotWeight>([.. terms], default, options).Run(_index, cancellationToken);
    }

    private static SparseEmbedding Make(List<(int Index, float Weight)> weights, int dimensions)
    {
        weights.Sort();
        return new SparseEmbedding(weights.ConvertAll(weight => weight.Index).ToArray(), weights.ConvertAll(weight => weight.Weight).ToArray(), dimensions);
    }
}
