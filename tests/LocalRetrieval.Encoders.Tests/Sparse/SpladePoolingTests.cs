
namespace LocalRetrieval.Encoders.Tests.Sparse;

public sealed class SpladePoolingTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Pool_RandomLogits_EqualsTheNaiveTwin(bool sums, bool twice)
    {
        Random random = new(3);
        SpladePooling pooling = new(sums, twice, Dimensions: null);
        for (int round = 0; round < 50; round++)
        {
            int tokens = random.Next(1, 9);
            int width = random.Next(1, 70);
            float[] logits = [.. Enumerable.Range(0, tokens * width).Select(_ => (float)((random.NextDouble() * 8) - 5))];
            float[] weights = new float[width];

            pooling.Pool(logits, weights);

            for (int entry = 0; entry < width; entry++)
            {
                IEnumerable<double> transformed = Enumerable.Range(0, tokens).Select(token => Transform(logits[(token * width) + entry], twice));
                Assert.Equal(sums ? transformed.Sum() : transformed.Max(), weights[entry], 1e-5);
            }
        }
    }

    [Fact]
    public void Select_AtMostSome_KeepsTheLargestByAscendingIndex()
    {
        SparseEmbedding kept = SparseWeights.Select([0.5f, 0, 3, 0.5f, 2, -1], 3);

        Assert.Equal([0, 2, 4], kept.Indices.ToArray());
        Assert.Equal([0.5f, 3, 2], kept.Weights.ToArray());
        Assert.Equal(6, kept.Dimensions);
    }

    private static double Transform(double logit, bool twice)
    {
        double once = Math.Log(1 + Math.Max(0, logit));
        return twice ? Math.Log(1 + once) : once;
    }
}
