
namespace LocalRetrieval.Encoders.Tests.LateInteraction;

public sealed class MaxSimTests
{
    [Fact]
    public void Score_RandomVectors_EqualsTheNaiveTwin()
    {
        Random random = new(9);
        for (int round = 0; round < 50; round++)
        {
            int width = random.Next(1, 40);
            float[][] query = Vectors(random, random.Next(1, 8), width);
            float[][] document = Vectors(random, random.Next(1, 12), width);

            double expected = query.Sum(q => document.Max(d => q.Zip(d, (a, b) => (double)a * b).Sum()));

            Assert.Equal(expected, MaxSim.Score(Embedding(query, width), Embedding(document, width)), 1e-4);
        }
    }

    [Fact]
    public void Score_NothingToCompare_IsZero() => Assert.Equal(0, MaxSim.Score(Embedding([[1, 2]], 2), Embedding([], 2)));

    [Fact]
    public void Score_VectorsOfOtherLengths_AreRefused() => Assert.Throws<ArgumentException>(() => MaxSim.Score(Embedding([[1, 2]], 2), Embedding([[1]], 1)));

    private static float[][] Vectors(Random random, int count, int width) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray())];

    private static MultiVectorEmbedding Embedding(float[][] vectors, int width) => new(vectors.SelectMany(vector => vector).ToArray(), width);
}
