using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Embeddings;

/// <summary>What a cache that keeps embeddings as JSON gives back.</summary>
public sealed class DistributedCacheTests
{
    private static readonly string[] Texts = [string.Join(' ', Enumerable.Repeat("long", 200)), "short"];

    [Fact]
    public async Task GenerateAsync_Dense_ComesBackWithItsFacts()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), new() { MaxTokens = 40 });

        await AssertComesBack(generator, embedding => embedding.Vector.ToArray());
    }

    [Fact]
    public async Task GenerateAsync_DenseInWindows_ComesBackWithTheirNumber()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), new() { MaxTokens = 40, Truncation = TruncationPolicy.ChunkAndPool });

        GeneratedEmbeddings<Embedding<float>> hits = await AssertComesBack(generator, embedding => embedding.Vector.ToArray());

        Assert.True(hits[0].GetWindows() > 2);
    }

    [Fact]
    public async Task GenerateAsync_Sparse_ComesBackWithItsFacts()
    {
        using OnnxSparseEmbeddingGenerator generator = OnnxSparseEmbeddingGenerator.Load(TestModels.Tiny("splade-mlm"), new() { MaxTokens = 40 });

        await AssertComesBack(generator, embedding => (embedding.Dimensions, embedding.Indices.ToArray(), embedding.Weights.ToArray()));
    }

    [Fact]
    public async Task GenerateAsync_MultiVector_ComesBackWithItsFacts()
    {
        using OnnxMultiVectorEmbeddingGenerator generator = OnnxMultiVectorEmbeddingGenerator.Load(TestModels.Tiny("colbert"), new() { MaxTokens = 40 });

        await AssertComesBack(generator, embedding => (embedding.Dimensions, embedding.Vectors.ToArray()));
    }

    private static async Task<GeneratedEmbeddings<T>> AssertComesBack<T>(IEmbeddingGenerator<string, T> generator, Func<T, object> numbers)
        where T : Embedding
    {
        DictionaryCache stored = new();
        IEmbeddingGenerator<string, T> cached = generator.AsBuilder().UseDistributedCache(stored).Build();
        GeneratedEmbeddings<T> expected = await generator.GenerateAsync(Texts);
        await cached.GenerateAsync(Texts);

        GeneratedEmbeddings<T> hits = await cached.GenerateAsync(Texts);

        Assert.Equal(2, stored.Count);
        Assert.Equivalent(expected.Select(numbers), hits.Select(numbers), strict: true);
        Assert.Equal(expected.Select(Facts), hits.Select(Facts));
        Assert.Equal(expected.AdditionalProperties?[EmbeddingPropertyNames.DroppedTokens] ?? 0L, hits.GetDroppedTokens());
        Assert.Equal(expected.AdditionalProperties?[EmbeddingPropertyNames.TruncatedTexts] ?? 0L, hits.GetTruncatedTexts());
        return hits;
    }

    private static (long Dropped, long Windows, string? Model) Facts(Embedding embedding) =>
        (embedding.GetDroppedTokens(), embedding.GetWindows(), embedding.ModelId);
}
