namespace LocalRetrieval.VectorData.Keyword;

/// <summary>What cuts the texts of an index, and the queries to it.</summary>
/// <remarks>Immutable: safe for concurrent use.</remarks>
internal sealed class TermAnalyzers(ITermAnalyzer texts, ITermAnalyzer queries)
{
    /// <summary>One analyzer for both.</summary>
    public TermAnalyzers(ITermAnalyzer analyzer)
        : this(analyzer, analyzer)
    {
    }

    public ITermAnalyzer Texts => texts;

    /// <summary>The terms of a query; of one that is made of stop words alone, those that texts have.</summary>
    public KeywordQuery Parse(string query)
    {
        KeywordQuery terms = new();
        queries.Analyze(query, terms);
        if (terms.IsEmpty)
        {
            texts.Analyze(query, terms);
        }

        return terms;
    }
}
