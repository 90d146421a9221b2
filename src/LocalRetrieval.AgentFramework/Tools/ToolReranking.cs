using LocalRetrieval.Rag;

namespace LocalRetrieval.AgentFramework;

/// <summary>Orders the best of the tools anew by what a reranker says.</summary>
internal static class ToolReranking
{
    /// <summary>Reranks the first of <paramref name="candidates"/>, which are in the order of their similarity, and orders these by the weighted sum of standard scores.</summary>
    public static async Task ReorderAsync(ToolCandidate[] candidates, string query, ITextReranker reranker, ToolRetrieverOptions options, CancellationToken cancellationToken)
    {
        int count = Math.Min(options.Reranked, candidates.Length);
        string[] texts = [.. candidates.Take(count).Select(candidate => candidate.Text)];
        RerankingResult result = await reranker.RerankAsync(query, texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (result is null || result.Count != count || result.DistinctBy(document => document.Index).Count() != count)
        {
            throw new InvalidOperationException($"{reranker.GetType().Name} gave {result?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"} results for {count} tools.");
        }

        foreach (RerankedDocument document in result)
        {
            candidates[document.Index] = candidates[document.Index] with { RerankerScore = document.Score };
        }

        double[] sums = Sums(candidates[..count], options);
        ToolCandidate[] ordered = [.. candidates.Take(count).Zip(sums).OrderByDescending(pair => pair.Second).Select(pair => pair.First)];
        ordered.CopyTo(candidates, 0);
    }

    private static double[] Sums(ToolCandidate[] candidates, ToolRetrieverOptions options)
    {
        double[] reranker = Array.ConvertAll(candidates, candidate => candidate.RerankerScore!.Value);
        if (StandardScores.Of(reranker) is not { } scores)
        {
            // Too few to compare: the reranker decides.
            return reranker;
        }

        double[]? similarities = StandardScores.Of(Array.ConvertAll(candidates, candidate => candidate.Similarity));
        return [.. scores.Select((score, index) => (options.RerankerWeight * score) + (options.VectorWeight * (similarities?[index] ?? 0)))];
    }
}
