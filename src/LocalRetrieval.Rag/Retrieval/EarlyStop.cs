namespace LocalRetrieval.Rag;

/// <summary>Says when reranking further cannot change which candidates are returned: none of the rest would come among the first by the weighted sum, even with the best score seen so far.</summary>
/// <param name="sums">For each candidate that is to be reranked, the weighted sum of the other stages' standard scores.</param>
/// <param name="others">How many candidates beside these count as the reranker's worst.</param>
/// <param name="weight">What the reranker weighs.</param>
/// <param name="top">How many candidates are returned.</param>
/// <remarks>An estimate: mean and deviation of the scores so far stand for those of all.</remarks>
internal sealed class EarlyStop(double[] sums, int others, double weight, int top)
{
    /// <summary>Whether it was enough before all were read.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Whether it is enough.</summary>
    /// <param name="scores">The reranker's scores so far, null for candidates that it has not read.</param>
    public bool IsEnough(IReadOnlyList<double?> scores) => HasStopped = scores.Any(score => score is null) && CannotChange(scores);

    private bool CannotChange(IReadOnlyList<double?> scores)
    {
        double[] seen = [.. scores.OfType<double>().Where(double.IsFinite)];
        if (seen.Length < top)
        {
            return false;
        }

        double[] filled = StandardScores.FillMissing([.. scores.Select(score => score ?? double.NaN), .. Enumerable.Repeat(double.NaN, others)]);
        (double mean, double deviation) = StandardScores.MeanAndDeviation(filled);
        if (deviation == 0)
        {
            return false;
        }

        double Sum(int index, double score) => sums[index] + (weight * (score - mean) / deviation);
        double[] read = [.. Indexes(known: true).Select(index => Sum(index, filled[index])).OrderDescending()];
        double best = seen.Max();
        return Indexes(known: false).All(index => Sum(index, best) < read[top - 1]);

        IEnumerable<int> Indexes(bool known) => Enumerable.Range(0, scores.Count).Where(index => scores[index] is not null == known);
    }
}
