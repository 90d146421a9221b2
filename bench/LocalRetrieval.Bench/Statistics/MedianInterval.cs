namespace LocalRetrieval.Bench.Statistics;

/// <summary>A median of independent values, and an interval that holds the true one with at least <see cref="Confidence"/>, however the values are distributed.</summary>
/// <param name="Median">The median of the values.</param>
/// <param name="Low">The interval's lower end, one of the values.</param>
/// <param name="High">The interval's upper end, one of the values.</param>
/// <param name="Coverage">The probability that the interval holds the true median; below <see cref="Confidence"/> where there are fewer than six values.</param>
/// <remarks>
/// The ends are order statistics (Conover, Practical Nonparametric Statistics, 3.2): the true median lies below the k-th smallest of n values when fewer than
/// k of n tosses of a coin come down on one side.
/// </remarks>
internal readonly record struct MedianInterval(double Median, double Low, double High, double Coverage)
{
    /// <summary>How sure the interval is to be where there are enough values.</summary>
    public const double Confidence = .95;

    /// <summary>The narrowest such interval that leaves out as many values at either end.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static MedianInterval Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("A median needs at least one value.", nameof(values));
        }

        int left = 0;
        double tail = Math.Pow(.5, sorted.Length);
        double outcomes = tail;
        while (true)
        {
            outcomes *= (double)(sorted.Length - left) / (left + 1);
            if (1 - (2 * (tail + outcomes)) < Confidence)
            {
                break;
            }

            tail += outcomes;
            left++;
        }

        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new MedianInterval(median, sorted[left], sorted[^(left + 1)], 1 - (2 * tail));
    }
}
