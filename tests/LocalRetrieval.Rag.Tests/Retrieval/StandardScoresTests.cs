using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Retrieval;

public sealed class StandardScoresTests
{
    [Fact]
    public void Of_KnownScores_EqualsNumpy()
    {
        // numpy: (x - x.mean()) / x.std() of [3, 1, 2] is [1.22474487, -1.22474487, 0].
        AssertNumbers.Close([1.22474487, -1.22474487, 0], StandardScores.Of([3, 1, 2])!, 1e-8);
    }

    [Fact]
    public void Of_RandomScores_EqualsNaiveTwin()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            double[] scores = [.. Enumerable.Range(0, random.Next(3, 120)).Select(_ => (random.NextDouble() * 20) - 10)];

            AssertNumbers.Close([.. Naive(scores)], StandardScores.Of(scores)!, 1e-9);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_FewerThanThree_IsNull(int count) =>
        Assert.Null(StandardScores.Of([.. Enumerable.Range(0, count).Select(value => (double)value)]));

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0 / 3)]
    public void Of_ScoresWithoutSpread_IsNull(double score) =>
        Assert.Null(StandardScores.Of([score, score, score, score, score, score, score]));

    [Fact]
    public void FillMissing_NotFinite_GetsTheLeast()
    {
        double[] scores = [3, double.NaN, -2, double.NegativeInfinity];
        double[] none = [double.NaN, double.NaN];

        StandardScores.FillMissing(scores);
        StandardScores.FillMissing(none);

        Assert.Equal([3, -2, -2, -2], scores);
        Assert.Equal([0, 0], none);
    }

    private static IEnumerable<double> Naive(double[] scores)
    {
        double mean = scores.Sum() / scores.Length;
        double deviation = Math.Sqrt(scores.Sum(score => Math.Pow(score - mean, 2)) / scores.Length);
        return scores.Select(score => (score - mean) / deviation);
    }
}
