namespace LocalRetrieval.VectorData.Tests.Keyword;

/// <summary>BM25 by its formula, over all texts for every query.</summary>
internal sealed class NaiveBm25(IReadOnlyDictionary<int, string> texts, double k1, double b)
{
    private readonly Dictionary<int, string[]> _words = texts.ToDictionary(text => text.Key, text => Split(text.Value));

    public (int Row, double Score)[] Search(string query)
    {
        double average = _words.Count == 0 ? 0 : _words.Values.Average(words => words.Length);
        return [.. _words
            .Select(text => (text.Key, Score: Split(query).Sum(word => Score(word, text.Value, average))))
            .Where(found => found.Score > 0)
            .OrderByDescending(found => Math.Round(found.Score, 10)).ThenBy(found => found.Key)];
    }

    private double Score(string word, string[] words, double average)
    {
        int withTerm = _words.Values.Count(other => other.Contains(word));
        double idf = Math.Log(1 + ((_words.Count - withTerm + 0.5) / (withTerm + 0.5)));
        int count = words.Count(other => other == word);
        return count == 0 ? 0 : idf * count / (count + (k1 * (1 - b + (b * words.Length / average))));
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
