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

    /// <summary>The index without some rows, and with vectors for others, which replace what these rows had.</summary>
    /// <param name="removed">Rows to leave out; those that are not in the index do not matter.</param>
    /// <param name="added">Rows with the ids and weights of their vectors, each row once; each id once in a vector.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, a row is added twice, or a vector has an id twice.</exception>
    public SparseIndex Update(IEnumerable<int> removed, IEnumerable<KeyValuePair<int, IReadOnlyList<KeyValuePair<int, float>>>> added)
    {
        PostingSegmentBuilder<int> builder = new();
        foreach ((int row, IReadOnlyList<KeyValuePair<int, float>> vector) in added)
        {
            ThrowIfInvalid(vector);
            builder.AddDocument(row, 0);
            foreach ((int id, float weight) in vector)
            {
                if (weight > 0)
                {
                    builder.AddPosting(id, weight);
                }
            }
        }

        return new SparseIndex(_index.Update(removed, builder.Build()));
    }

    /// <summary>Finds the rows that share an id with a query.</summary>
    /// <returns>The rows found with their dot products, highest first; of equal ones, the lowest row first.</returns>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or an id comes twice.</exception>
    public RowScore[] Search(IReadOnlyList<KeyValuePair<int, float>> query, RowSearchOptions options, CancellationToken cancellationToken = default)
    {
        ThrowIfInvalid(query);
        QueryTerm<int>[] terms = [.. query.Where(item => item.Value > 0).Select(item => new QueryTerm<int>(item.Key, item.Value))];
        return new PostingScan<int, DotWeight>(terms, default, options).Run(_index, cancellationToken);
    }

    private static void ThrowIfInvalid(IReadOnlyList<KeyValuePair<int, float>> vector)
    {
        HashSet<int> ids = new(vector.Count);
        foreach ((int id, float weight) in vector)
        {
            if (!float.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException($"The sparse vector's weight of id {id} is {weight}: weights are finite and not below 0.", nameof(vector));
            }

            if (!ids.Add(id))
            {
                throw new ArgumentException($"The sparse vector has the id {id} twice: add up its weights.", nameof(vector));
            }
        }
    }
}
