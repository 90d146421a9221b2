namespace LocalRetrieval.Rag;

/// <summary>The weighted sum of the stages' standard scores.</summary>
internal static class StandardScores
{
    /// <summary>Fewer than these have a mean and a deviation that say nothing.</summary>
    private const int MinimumCandidates = 3;

    /// <summary>Adds up z = (score − mean) / deviation of each stage, with its weight. The deviation is the population's (<c>ddof = 0</c>).</summary>
    /// <param name="stages">The stages' scores of the same candidates, and their weights.</param>
    /// <returns>The sums, to which a stage that scores all alike adds nothing; null with fewer than three candidates, or where no stage with a weight tells them apart.</returns>
    public static double[]? Sum(params ReadOnlySpan<(double[] Scores, double Weight)> stages)
    {
        double[] sums = new double[stages[0].Scores.Length];
        if (sums.Length < MinimumCandidates)
        {
            return null;
        }

        bool isTold = false;
        foreach ((double[] scores, double weight) in stages)
        {
            (double mean, double deviation) = MeanAndDeviation(scores);
            if (deviation == 0 || weight == 0)
            {
                continue;
            }

            isTold = true;
            for (int index = 0; index < sums.Length; index++)
            {
                sums[index] += weight * ((scores[index] - mean) / deviation);
            }
        }

        return isTold ? sums : null;
    }

    /// <summary>Gives what is not finite (a candidate that the stage did not score) the least score that the stage gave.</summary>
    /// <returns><paramref name="scores"/>.</returns>
    public static double[] FillMissing(double[] scores)
    {
        double least = double.PositiveInfinity;
        foreach (double score in scores)
        {
            least = double.IsFinite(score) ? Math.Min(least, score) : least;
        }

        foreach (ref double score in scores.AsSpan())
        {
            score = double.IsFinite(score) ? score : double.IsFinite(least) ? least : 0;
        }

        return scores;
    }

    /// <summary>The mean and the population's deviation, which is 0 where all scores are equal.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(double[] scores)
    {
        double mean = scores.Average();
        double squares = 0;
        bool spread = false;
        foreach (double score in scores)
        {
            // Rounding of the mean would give equal scores a deviation of their own.
            spread |= score != scores[0];
            squares += (score - mean) * (score - mean);
        }

        return (mean, spread ? Math.Sqrt(squares / scores.Length) : 0);
    }
}
