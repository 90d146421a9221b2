namespace LocalRetrieval.Bench.Statistics;

/// <summary>Percentiles by the nearest rank: always one of the values.</summary>
internal static class Percentile
{
    /// <param name="values">At least one, in any order.</param>
    /// <param name="fraction">Above 0 and at most 1.</param>
    public static double Of(IReadOnlyCollection<double> values, double fraction) =>
        values.Order().ElementAt((int)Math.Ceiling(fraction * values.Count) - 1);
}
