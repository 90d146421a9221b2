using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Retrieval;

public sealed class StandardScoresTests
{
    [Fact]
    public void Sum_KnownScores_EqualsNumpy()
    {
        // numpy: (x - x.mean()) / x.std() of [3, 1, 2] is [1.22474487, -1.22474487, 0].
        double[] sums = StandardScores.Sum(([3, 1, 2], 1), ([10, 20, 60], 0.7))!;

        Assert.Equal([0.576671, -1.548782, 0.972111], sums.Select(sum => Math.Round(sum, 6)));
    }

    [Fact]
    public void Sum_RandomScores_EqualsNaiveTwin()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            int count = random.Next(3, 120);
            double[] first = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
            double[] second = [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 20) - 10)];
            double weight = random.NextDouble();

            double[] sums = StandardScores.Sum((first, 1), (second, weight))!;

            double[] naive = [.. Naive(first).Zip(Naive(second), (left, right) => left + (weight * right))];
            AssertNumbers.Close(naive, sums, 1e-9);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Sum_FewerThanThree_IsNull(int count) =>
        Assert.Null(StandardScores.Sum((Enumerable.Range(0, count).Select(value => (double)value).ToArray(), 1)));

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0 / 3)]
    public void Sum_StageWithoutSpread_AddsNothing(double score)
    {
        double[] alike = [score, score, score, score, score, score, score];
        double[] spread = [1, 2, 3, 4, 5, 6, 7];

        Assert.Equal(StandardScores.Sum((spread, 0.5))!, StandardScores.Sum((alike, 1), (spread, 0.5))!);
        Assert.Null(StandardScores.Sum((alike, 1), (alike, 1)));
        Assert.Null(StandardScores.Sum((alike, 1), (spread, 0)));
    }

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
