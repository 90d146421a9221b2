using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>The texts of rows, found by their words with BM25.</summary>
/// <remarks>
/// A row may have several texts, each with a weight: a word counts by the weight of the text that has it, towards the row's frequency of the word and
/// towards its length alike (simple BM25F). Immutable, as <see cref="InvertedIndex{TTerm}"/>: an update returns another index, and a search sees one whole generation.
/// </remarks>
internal sealed class KeywordIndex
{
    private readonly KeywordSettings _settings;
    private readonly TermAnalyzers _analyzers;
    private readonly LanguageDecision _language;
    private readonly InvertedIndex<string> _index;

    /// <summary>An empty index.</summary>
    public KeywordIndex(KeywordIndexOptions options)
        : this(new KeywordSettings(options))
    {
    }

    /// <summary>An empty index of terms that an analyzer finds.</summary>
    public KeywordIndex(ITermAnalyzer analyzer, double k1, double b)
        : this(new KeywordSettings(analyzer, k1, b))
    {
    }

    private KeywordIndex(KeywordSettings settings)
        : this(settings, settings.AnalyzersFor(language: null), LanguageDecision.Open, InvertedIndex<string>.Empty)
    {
    }

    private KeywordIndex(KeywordSettings settings, TermAnalyzers analyzers, LanguageDecision language, InvertedIndex<string> index)
    {
        _settings = settings;
        _analyzers = analyzers;
        _language = language;
        _index = index;
    }

    /// <summary>How many rows have a text.</summary>
    public int Count => _index.Count;

    /// <summary>The rows' lengths together.</summary>
    public double TotalLength => _index.TotalLength;

    /// <summary>The language that the first texts decided, empty for none; null where it is open, or an option.</summary>
    public string? Language => _language.Language;

    /// <summary>What a term adds to a document's score.</summary>
    public Bm25Weight Weight => new(_settings.K1, _settings.B, _index.TotalLength / Math.Max(1, _index.Count));

    /// <summary>The index without some rows, and with a text for others, which replaces what these rows had.</summary>
    /// <param name="removed">Rows to leave out; those that are not in the index do not matter.</param>
    /// <param name="added">Rows with their texts, each row once.</param>
    /// <exception cref="ArgumentException">A row is added twice.</exception>
    public KeywordIndex Update(IEnumerable<int> removed, IEnumerable<KeyValuePair<int, string>> added) =>
        UpdateDocuments(removed, added.Select(pair => new KeywordDocument(pair.Key, [pair.Value])));

    /// <summary>The index without some rows, and with texts for others, which replace what these rows had.</summary>
    /// <param name="removed">Rows to leave out; those that are not in the index do not matter.</param>
    /// <param name="added">Rows with their texts, each row once.</param>
    /// <exception cref="ArgumentException">A row is added twice.</exception>
    public KeywordIndex UpdateDocuments(IEnumerable<int> removed, IEnumerable<KeywordDocument> added)
    {
        if (!_settings.DecidesLanguage)
        {
            return With(_language, _index.Update(removed, Analyze(_analyzers.Texts, added)));
        }

        KeywordDocument[] documents = [.. added];
        int[] rows = [.. removed];
        LanguageDecision language = _language.Update(rows, documents);
        if (language.Language != _language.Language && !_language.Waiting.IsEmpty)
        {
            // The texts that were waiting are analyzed anew.
            documents = [.. _language.Waiting.RemoveRange([.. rows, .. documents.Select(document => document.Row)])
                .Select(pair => new KeywordDocument(pair.Key, pair.Value)), .. documents];
        }

        TermAnalyzers analyzers = language.Language == _language.Language ? _analyzers : _settings.AnalyzersFor(language.Language);
        InvertedIndex<string> index = _index.Update(rows, Analyze(analyzers.Texts, documents));

        // An index that loses its last text is anyone's to fill.
        return index.Count == 0 && _index.Count > 0 ? new KeywordIndex(_settings) : new KeywordIndex(_settings, analyzers, language, index);
    }

    /// <summary>An empty index with the same options, and the language that was decided.</summary>
    public KeywordIndex WithoutRows() => new(_settings, _analyzers, Language is null ? LanguageDecision.Open : _language, InvertedIndex<string>.Empty);

    /// <summary>The same texts, each under the row that <paramref name="newRows"/> has for its row.</summary>
    public KeywordIndex Renumber(int[] newRows) => With(_language.Renumber(newRows), _index.Renumber(newRows));

    /// <summary>Finds the rows that hold words of a query; a word that the query repeats counts as often.</summary>
    /// <returns>The rows found with their scores, best first; of equal scores, the lowest row first.</returns>
    public RowScore[] Search(string query, RowSearchOptions options, CancellationToken cancellationToken = default) =>
        new PostingScan<string, Bm25Weight>(Parse(query), Weight, options).Run(_index, cancellationToken);

    /// <summary>The terms of a query that the index has.</summary>
    public QueryTerm<string>[] Parse(string query) => _analyzers.Parse(query).Weigh(_index);

    /// <summary>The terms of one of a document's texts, weighed.</summary>
    /// <param name="field">The text's place among those of the index.</param>
    /// <param name="text">The text.</param>
    public TermCounter CountTerms(int field, string text)
    {
        TermCounter terms = new() { Weight = _settings.Weights[field] };
        _analyzers.Texts.Analyze(text, terms);
        return terms;
    }

    private KeywordIndex With(LanguageDecision language, InvertedIndex<string> index) => new(_settings, _analyzers, language, index);

    private PostingSegment<string> Analyze(ITermAnalyzer analyzer, IEnumerable<KeywordDocument> documents)
    {
        PostingSegmentBuilder<string> builder = new();
        TermCounter terms = new();
        foreach ((int row, string?[] texts) in documents)
        {
            terms.Reset();
            for (int i = 0; i < texts.Length; i++)
            {
                if (texts[i] is { } text)
                {
                    terms.Weight = _settings.Weights[i];
                    analyzer.Analyze(text, terms);
                }
            }

            builder.AddDocument(row, (float)terms.Total);
            foreach (TermCount count in terms.Counts)
            {
                builder.AddPosting(count.Term, count.Weight);
            }
        }

        return builder.Build();
    }
}
