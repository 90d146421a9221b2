using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>The texts of rows, found by their words with BM25.</summary>
/// <remarks>Immutable, as <see cref="InvertedIndex{TTerm}"/>: an update returns another index, and a search sees one whole generation.</remarks>
internal sealed class KeywordIndex
{
    private readonly ITermAnalyzer _analyzer;
    private readonly double _k1;
    private readonly double _b;
    private readonly InvertedIndex<string> _index;

    /// <summary>An empty index.</summary>
    public KeywordIndex(KeywordIndexOptions options)
        : this(new TextAnalyzer(options.RemoveStopWords, options.Stem), options.K1, options.B, InvertedIndex<string>.Empty)
    {
    }

    /// <summary>An empty index of terms that an analyzer finds.</summary>
    public KeywordIndex(ITermAnalyzer analyzer, double k1, double b)
        : this(analyzer, k1, b, InvertedIndex<string>.Empty)
    {
    }

    private KeywordIndex(ITermAnalyzer analyzer, double k1, double b, InvertedIndex<string> index)
    {
        _analyzer = analyzer;
        _k1 = k1;
        _b = b;
        _index = index;
    }

    /// <summary>How many rows have a text.</summary>
    public int Count => _index.Count;

    /// <summary>The index without some rows, and with texts for others, which replace what these rows had.</summary>
    /// <param name="removed">Rows to leave out; those that are not in the index do not matter.</param>
    /// <param name="added">Rows with their texts, each row once.</param>
    /// <exception cref="ArgumentException">A row is added twice.</exception>
    public KeywordIndex Update(IEnumerable<int> removed, IEnumerable<KeyValuePair<int, string>> added)
    {
        PostingSegmentBuilder<string> builder = new();
        TermCounter terms = new();
        foreach ((int row, string text) in added)
        {
            terms.Reset();
            _analyzer.Analyze(text, terms);
            builder.AddDocument(row, terms.Total);
            foreach ((string term, int count) in terms.Counts)
            {
                builder.AddPosting(term, count);
            }
        }

        return new KeywordIndex(_analyzer, _k1, _b, _index.Update(removed, builder.Build()));
    }

    /// <summary>An empty index with the same options.</summary>
    public KeywordIndex WithoutRows() => new(_analyzer, _k1, _b);

    /// <summary>The same texts, each under the row that <paramref name="newRows"/> has for its row.</summary>
    public KeywordIndex Renumber(int[] newRows) => new(_analyzer, _k1, _b, _index.Renumber(newRows));

    /// <summary>Finds the rows that hold words of a query; a word that the query repeats counts as often.</summary>
    /// <returns>The rows found with their scores, best first; of equal scores, the lowest row first.</returns>
    public RowScore[] Search(string query, RowSearchOptions options, CancellationToken cancellationToken = default)
    {
        Bm25Weight weight = new(_k1, _b, _index.TotalLength / Math.Max(1, _index.Count));
        return new PostingScan<string, Bm25Weight>(ReadQuery(query), weight, options).Run(_index, cancellationToken);
    }

    private QueryTerm<string>[] ReadQuery(string query)
    {
        TermCounter terms = new();
        _analyzer.Analyze(query, terms);
        List<QueryTerm<string>> read = [];
        foreach ((string term, int count) in terms.Counts)
        {
            if (_index.CountOf(term) is var withTerm and > 0)
            {
                read.Add(new QueryTerm<string>(term, count * Bm25Weight.Idf(_index.Count, withTerm)));
            }
        }

        return [.. read];
    }
}
