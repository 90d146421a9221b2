namespace LocalRetrieval.VectorData.Keyword;

/// <summary>How the texts of an index are weighed and analyzed.</summary>
/// <remarks>Immutable: safe for concurrent use.</remarks>
internal sealed class KeywordSettings
{
    private readonly KeywordIndexOptions _options;
    private readonly TermAnalyzers _open;

    /// <summary>The settings that options say.</summary>
    public KeywordSettings(KeywordIndexOptions options)
    {
        _options = new KeywordIndexOptions(options);
        _open = new TermAnalyzers(Create(forms: null));
        Weights = [1, .. options.Fields.Select(field => (float)field.Weight)];
        DecidesLanguage = options.Language is null && (options.RemoveStopWords || options.Stem);
    }

    /// <summary>The settings of an analyzer that is given.</summary>
    public KeywordSettings(ITermAnalyzer analyzer, double k1, double b)
    {
        _options = new KeywordIndexOptions { K1 = k1, B = b };
        _open = new TermAnalyzers(analyzer);
        Weights = [1];
    }

    public double K1 => _options.K1;

    public double B => _options.B;

    /// <summary>What a word counts in each text of a document: in the indexed property, and then in the fields.</summary>
    public float[] Weights { get; }

    /// <summary>Whether the language is that of the first texts.</summary>
    public bool DecidesLanguage { get; }

    /// <summary>The analyzers for a language.</summary>
    /// <param name="language">The language that was decided; null where none was.</param>
    public TermAnalyzers AnalyzersFor(string? language) =>
        WordForms.Find(_options.Language ?? language ?? "", _options.RemoveStopWords, _options.Stem) is { } forms
            ? new TermAnalyzers(Create(forms), Create(forms.ForQueries()))
            : _open;

    private ITermAnalyzer Create(WordForms? forms) => _options.Analysis == KeywordAnalysis.Identifiers ? new IdentifierAnalyzer(forms) : new TextAnalyzer(forms);
}
