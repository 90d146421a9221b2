using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.Tests.Statistics;

public sealed class PercentileTests
{
    [Theory]
    [InlineData(.05, 15)]
    [InlineData(.3, 20)]
    [InlineData(.4, 20)]
    [InlineData(.5, 35)]
    [InlineData(.95, 50)]
    [InlineData(1, 50)]
    public void Of_FiveValues_IsTheNearestRank(double fraction, double expected) =>
        Assert.Equal(expected, Percentile.Of([50, 15, 40, 20, 35], fraction));
}
