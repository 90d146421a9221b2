using System.Text.Json;

namespace LocalRetrieval.Onnx.Tests.Embeddings;

/// <summary>The embeddings that are no single vector, as caches keep them and stores read them.</summary>
public sealed class EmbeddingKindsTests
{
    [Fact]
    public void SparseEmbedding_AsJson_ComesBackWhole()
    {
        SparseEmbedding embedding = new(new[] { 1, 7 }, new[] { 0.5f, 2f }, 10) { ModelId = "model" };

        SparseEmbedding copy = JsonSerializer.Deserialize<SparseEmbedding>(JsonSerializer.Serialize(embedding))!;

        Assert.Equal(embedding.Indices.ToArray(), copy.Indices.ToArray());
        Assert.Equal(embedding.Weights.ToArray(), copy.Weights.ToArray());
        Assert.Equal(10, copy.Dimensions);
        Assert.Equal("model", copy.ModelId);
    }

    [Fact]
    public void MultiVectorEmbedding_AsJson_ComesBackWhole()
    {
        MultiVectorEmbedding embedding = new(new[] { 1f, 2f, 3f, 4f }, 2) { ModelId = "model" };

        MultiVectorEmbedding copy = JsonSerializer.Deserialize<MultiVectorEmbedding>(JsonSerializer.Serialize(embedding))!;

        Assert.Equal(embedding.Vectors.ToArray(), copy.Vectors.ToArray());
        Assert.Equal(2, copy.Count);
        Assert.Equal(2, copy.Dimensions);
    }

    [Fact]
    public void SparseEmbedding_Dot_EqualsTheNaiveTwin()
    {
        Random random = new(4);
        for (int round = 0; round < 100; round++)
        {
            float[] left = Weights(random);
            float[] right = Weights(random);

            Assert.Equal(left.Zip(right, (a, b) => (double)a * b).Sum(), Sparse(left).Dot(Sparse(right)), 1e-5);
        }
    }

    [Theory]
    [InlineData(new[] { 1, 1 }, 2)]
    [InlineData(new[] { 2, 1 }, 2)]
    [InlineData(new[] { 1, 10 }, 2)]
    [InlineData(new[] { -1, 1 }, 2)]
    [InlineData(new[] { 1, 2 }, 3)]
    public void SparseEmbedding_IndicesThatDoNotAscend_AreRefused(int[] indices, int weights) =>
        Assert.Throws<ArgumentException>(() => new SparseEmbedding(indices, new float[weights], 10));

    [Fact]
    public void MultiVectorEmbedding_HalfAVector_IsRefused() => Assert.Throws<ArgumentException>(() => new MultiVectorEmbedding(new float[5], 2));

    private static float[] Weights(Random random) => [.. Enumerable.Range(0, 40).Select(_ => random.Next(3) == 0 ? (float)random.NextDouble() : 0)];

    private static SparseEmbedding Sparse(float[] weights)
    {
        int[] indices = [.. Enumerable.Range(0, weights.Length).Where(index => weights[index] != 0)];
        return new SparseEmbedding(indices, Array.ConvertAll(indices, index => weights[index]), weights.Length);
    }
}
