namespace LocalRetrieval.VectorData.Keyword;

/// <summary>The terms of a query, position by position.</summary>
/// <remarks>
/// A position must not count as many words. Where the index has its whole form, that counts once, and the variants, which documents with the whole form have
/// as well, share one more count; where it has not, they share two. So the whole form comes first, and what has only the parts is found.
/// </remarks>
internal sealed class KeywordQuery : ITermSink
{
    private const double VariantsBesideWhole = 1;
    private const double VariantsAlone = 2;

    private readonly List<List<string>> _positions = [];

    public bool IsEmpty => _positions.Count == 0;

    public void Add(ReadOnlySpan<char> term) => _positions.Add([term.ToString()]);

    public void AddVariant(ReadOnlySpan<char> term)
    {
        List<string> position = _positions[^1];
        foreach (string known in position)
        {
            if (term.SequenceEqual(known))
            {
                return;
            }
        }

        position.Add(term.ToString());
    }

    /// <summary>What each term counts that the index has; one that several positions have counts for each.</summary>
    public QueryTerm<string>[] Weigh(InvertedIndex<string> index)
    {
        Dictionary<string, double> idfs = [];
        Dictionary<string, double> weights = [];
        foreach (List<string> position in _positions)
        {
            string[] present = [.. position.Where(term => IdfOf(term) > 0)];
            bool hasWhole = present.Length > 0 && present[0] == position[0];
            int variants = present.Length - (hasWhole ? 1 : 0);
            double share = hasWhole ? VariantsBesideWhole / variants : Math.Min(1, VariantsAlone / variants);
            for (int i = 0; i < present.Length; i++)
            {
                weights[present[i]] = weights.GetValueOrDefault(present[i]) + (hasWhole && i == 0 ? 1 : share);
            }
        }

        return [.. weights.Select(pair => new QueryTerm<string>(pair.Key, pair.Value * idfs[pair.Key]))];

        double IdfOf(string term)
        {
            if (!idfs.TryGetValue(term, out double idf))
            {
                idfs.Add(term, idf = index.CountOf(term) is var withTerm and > 0 ? Bm25Weight.Idf(index.Count, withTerm) : 0);
            }

            return idf;
        }
    }
}
