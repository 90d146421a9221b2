namespace LocalRetrieval.Bench.Searching;

/// <summary>BM25 as one would first write it: the words of every document counted, and every document scored for every query.</summary>
internal sealed class NaiveKeywordScorer
{
    private readonly Dictionary<string, int>[] _documents;
    private readonly int[] _lengths;
    private readonly Dictionary<string, int> _frequencies = [];
    private readonly double _averageLength;

    public NaiveKeywordScorer(IEnumerable<IReadOnlyList<(string Term, int Count)>> documents)
    {
        _documents = [.. documents.Select(terms => terms.ToDictionary(term => term.Term, term => term.Count))];
        _lengths = [.. _documents.Select(terms => terms.Values.Sum())];
        _averageLength = _lengths.Average();
        foreach (string term in _documents.SelectMany(terms => terms.Keys))
        {
            _frequencies[term] = _frequencies.GetValueOrDefault(term) + 1;
        }
    }

    public (int Document, double Score)[] Search(IReadOnlyList<(string Term, int Count)> query, int top)
    {
        double[] scores = new double[_documents.Length];
        foreach ((string term, int repeated) in query)
        {
            int frequency = _frequencies.GetValueOrDefault(term);
            double idf = Math.Log(1 + ((_documents.Length - frequency + 0.5) / (frequency + 0.5)));
            for (int document = 0; document < scores.Length; document++)
            {
                if (_documents[document].TryGetValue(term, out int count))
                {
                    scores[document] += repeated * idf * count / (count + (1.2 * (0.25 + (0.75 * _lengths[document] / _averageLength))));
                }
            }
        }

        return [.. scores.Select((score, document) => (document, score)).Where(found => found.score > 0).OrderByDescending(found => found.score).Take(top)];
    }
}
