using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.Tests.Statistics;

public sealed class GoalTests
{
    [Theory]
    [InlineData(.98, 1.02, "yes")]
    [InlineData(.97, 1.02, "open")]
    [InlineData(.90, .98, "open")]
    [InlineData(.90, .97, "no")]
    public void Verdict_AtLeast_IsByTheWholeInterval(double low, double high, string verdict) =>
        Assert.Equal(verdict, Goal.AtLeast(.98).Verdict(new MedianInterval((low + high) / 2, low, high, .96)));

    [Theory]
    [InlineData(.90, 1.06, "yes")]
    [InlineData(1.00, 1.07, "open")]
    [InlineData(1.06, 1.10, "open")]
    [InlineData(1.07, 1.10, "no")]
    public void Verdict_AtMost_IsByTheWholeInterval(double low, double high, string verdict) =>
        Assert.Equal(verdict, Goal.AtMost(1.06).Verdict(new MedianInterval((low + high) / 2, low, high, .96)));

    [Fact]
    public void ToString_Bound_HasItsDirectionAndUnit()
    {
        Assert.Equal("≥ 0.98", Goal.AtLeast(.98).ToString());
        Assert.Equal("≤ 50 ms", Goal.AtMost(50, " ms").ToString());
    }
}
