namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Says by which words of a query a document is found, and what each adds to its score.</summary>
/// <param name="index">The index that has the document.</param>
/// <param name="fields">The names of its texts.</param>
internal sealed class KeywordMatches(KeywordIndex index, string[] fields)
{
    // A query is short: no compound of a word spans white space.
    private static readonly char[] Punctuation = [.. ",;:!?()[]{}\"'„“”‘’«»…"];

    /// <param name="query">The query.</param>
    /// <param name="texts">The document's texts, by their fields.</param>
    /// <returns>The matches, the highest score first. Their scores add up to that of <see cref="KeywordIndex.Search"/>.</returns>
    public KeywordMatch[] Find(string query, string?[] texts)
    {
        Dictionary<string, double>[] counts = new Dictionary<string, double>[texts.Length];
        double length = 0;
        for (int field = 0; field < texts.Length; field++)
        {
            TermCounter terms = index.CountTerms(field, texts[field] ?? "");
            counts[field] = terms.Counts.ToDictionary(count => count.Term, count => (double)count.Weight, StringComparer.Ordinal);
            length += terms.Total;
        }

        return [.. index.Parse(query).Select(term => Match(term, query, counts, (float)length)).Where(match => match.Score > 0).OrderByDescending(match => match.Score)];
    }

    private KeywordMatch Match(QueryTerm<string> term, string query, Dictionary<string, double>[] counts, float length)
    {
        double frequency = counts.Sum(count => count.GetValueOrDefault(term.Term));
        return new KeywordMatch
        {
            Word = WordOf(term.Term, query),
            Term = term.Term,
            Weight = term.Weight,
            Frequency = frequency,
            Score = index.Weight.Of(term.Weight, (float)frequency, length),
            Properties = [.. fields.Where((_, field) => counts[field].ContainsKey(term.Term))],
        };
    }

    /// <summary>The word of the query that gives a term: the term itself where none does alone.</summary>
    private string WordOf(string term, string query)
    {
        string? word = Array.Find(query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), word => index.Parse(word).Any(other => other.Term == term));
        return word?.Trim(Punctuation).TrimEnd('.') is { Length: > 0 } bare ? bare : term;
    }
}
