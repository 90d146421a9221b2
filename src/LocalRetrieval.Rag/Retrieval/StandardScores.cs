namespace LocalRetrieval.Rag;

/// <summary>Makes scores of different stages comparable.</summary>
internal static class StandardScores
{
    /// <summary>Fewer than these have a mean and a deviation that say nothing.</summary>
    private const int MinimumCandidates = 3;

    /// <summary>The squares of greater ones, added up, may be too great.</summary>
    private const double LargestScore = 1e100;

    /// <summary>Gives z = (score − mean) / deviation of each score. The deviation is the population's (<c>ddof = 0</c>).</summary>
    /// <param name="scores">A stage's scores of all candidates, finite.</param>
    /// <returns>The standard scores; null with fewer than three scores, or where all are alike.</returns>
    public static double[]? Of(double[] scores)
    {
        if (scores.Length < MinimumCandidates)
        {
            return null;
        }

        double greatest = scores.Max(Math.Abs);
        if (greatest > LargestScore)
        {
            // Standard scores are the same of scores of any unit.
            scores = Array.ConvertAll(scores, score => score / greatest);
        }

        (double mean, double deviation) = MeanAndDeviation(scores);
        return deviation == 0 ? null : Array.ConvertAll(scores, score => (score - mean) / deviation);
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
