using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.Tests.Statistics;

public sealed class MedianIntervalTests
{
    // Ranks from table A3 of Conover's Practical Nonparametric Statistics, coverages from the binomial distribution.
    [Theory]
    [InlineData(6, 1, 6, .96875)]
    [InlineData(8, 1, 8, .9921875)]
    [InlineData(9, 2, 8, .9609375)]
    [InlineData(15, 4, 12, .9648438)]
    [InlineData(20, 6, 15, .9586105)]
    [InlineData(25, 8, 18, .9567148)]
    public void Of_RanksAsValues_EndsAtTheTabulatedRanks(int count, int low, int high, double coverage)
    {
        MedianInterval interval = MedianInterval.Of(Enumerable.Range(1, count).Select(rank => (double)rank));

        Assert.Equal((low, high), (interval.Low, interval.High));
        Assert.Equal(coverage, interval.Coverage, 1e-6);
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3, 0)]
    [InlineData(new[] { 1.0, 9 }, 5, .5)]
    [InlineData(new[] { 9.0, 1, 4 }, 4, .75)]
    public void Of_FewerThanSix_IsTheWholeRangeAndSaysHowLittleItHolds(double[] values, double median, double coverage)
    {
        MedianInterval interval = MedianInterval.Of(values);

        Assert.Equal(new MedianInterval(median, values.Min(), values.Max(), coverage), interval);
    }

    [Fact]
    public void Of_AnyOrder_IsTheSame() =>
        Assert.Equal(MedianInterval.Of([1, 2, 3, 4, 5, 6, 7, 8, 9]), MedianInterval.Of([5, 9, 1, 7, 3, 8, 2, 6, 4]));

    [Fact]
    public void Of_Nothing_IsRefused() => Assert.Throws<ArgumentException>(() => MedianInterval.Of([]));

    // Skewed as times are: the median of an exponential distribution is ln 2.
    [Theory]
    [InlineData(6)]
    [InlineData(15)]
    [InlineData(40)]
    public void Of_ManySamplesOfASkewedDistribution_HoldsTheMedianAsOftenAsItSays(int count)
    {
        const int Samples = 20_000;
        Random random = new(count);
        double coverage = 0;
        int held = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            MedianInterval interval = MedianInterval.Of(Enumerable.Range(0, count).Select(_ => -Math.Log(1 - random.NextDouble())));
            held += interval.Low <= Math.Log(2) && Math.Log(2) <= interval.High ? 1 : 0;
            coverage = interval.Coverage;
        }

        Assert.True(coverage >= MedianInterval.Confidence);
        Assert.Equal(coverage, (double)held / Samples, .006);
    }
}
