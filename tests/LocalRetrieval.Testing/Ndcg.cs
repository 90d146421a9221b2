namespace LocalRetrieval.Testing;

/// <summary>Normalised discounted cumulative gain as trec_eval computes it: linear gain, log2(rank + 1) discount.</summary>
public static class Ndcg
{
    /// <param name="ranking">The documents, best first.</param>
    /// <param name="judged">The relevance of each judged document.</param>
    /// <param name="depth">How many documents count.</param>
    public static double At(int depth, IEnumerable<string> ranking, IReadOnlyDictionary<string, int> judged)
    {
        double ideal = Gain(judged.Values.OrderDescending().Take(depth));
        return ideal == 0 ? 0 : Gain(ranking.Take(depth).Select(document => judged.GetValueOrDefault(document))) / ideal;
    }

    private static double Gain(IEnumerable<int> relevances) =>
        relevances.Select((relevance, place) => Math.Max(relevance, 0) / Math.Log2(place + 2)).Sum();
}
