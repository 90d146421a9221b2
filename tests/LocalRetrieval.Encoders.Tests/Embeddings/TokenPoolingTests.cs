
namespace LocalRetrieval.Encoders.Tests.Embeddings;

public sealed class TokenPoolingTests
{
    [Theory]
    [InlineData(PoolingMode.Mean)]
    [InlineData(PoolingMode.Cls)]
    [InlineData(PoolingMode.Max)]
    [InlineData(PoolingMode.MeanSqrtLength)]
    [InlineData(PoolingMode.WeightedMean)]
    [InlineData(PoolingMode.LastToken)]
    public void Pool_RandomStates_EqualsTheNaiveTwin(PoolingMode mode)
    {
        Random random = new(11);
        for (int round = 0; round < 100; round++)
        {
            int tokens = random.Next(1, 12);
            int width = random.Next(1, 40);
            int skipped = random.Next(0, tokens);
            float[] states = [.. Enumerable.Range(0, tokens * width).Select(_ => (float)((random.NextDouble() * 4) - 2))];
            float[] pooled = new float[width];

            TokenPooling.Pool(mode, states, skipped, pooled);

            for (int dimension = 0; dimension < width; dimension++)
            {
                Assert.Equal(Naive(mode, [.. Enumerable.Range(0, tokens).Select(token => (double)states[(token * width) + dimension])], skipped), pooled[dimension], 1e-5);
            }
        }
    }

    [Fact]
    public void Pool_UnknownMode_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenPooling.Pool((PoolingMode)99, [1, 2], skipped: 0, new float[2]));

    [Fact]
    public void Pool_NothingButThePrompt_GivesZero()
    {
        float[] pooled = [1, 1];

        TokenPooling.Pool(PoolingMode.Mean, [1, 2, 3, 4], skipped: 2, pooled);

        Assert.Equal([0, 0], pooled);
    }

    private static double Naive(PoolingMode mode, double[] column, int skipped)
    {
        double[] own = column[skipped..];
        return mode switch
        {
            PoolingMode.Mean => own.Average(),
            PoolingMode.Cls => own[0],
            PoolingMode.Max => own.Max(),
            PoolingMode.MeanSqrtLength => own.Sum() / Math.Sqrt(own.Length),
            PoolingMode.WeightedMean => own.Select((value, i) => value * (skipped + i + 1)).Sum() / own.Select((_, i) => skipped + i + 1).Sum(),
            _ => own[^1],
        };
    }
}
