using LocalRetrieval.Onnx;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Sparse;

/// <summary>A sparse encoder, a collection that it fills, and searches of it.</summary>
public sealed class SparseSearchTests
{
    private static readonly string Model = TestModels.Tiny("splade-mlm");
    private static readonly string[] Texts = ["The quick brown fox jumps over the lazy dog", "cats", "", "Reranking reads both texts at once", "café naïve 你好 😀", "What is mean pooling?"];

    [Fact]
    public async Task SearchAsync_TextsOfASparseEncoder_AreRankedByTheirDotProducts()
    {
        using OnnxSparseEmbeddingGenerator generator = OnnxSparseEmbeddingGenerator.Load(Model);
        using LocalVectorStore store = new(new() { EmbeddingGenerator = generator });
        var passages = await FillAsync(store);
        SparseEmbedding query = await generator.GenerateQueryAsync("which fox jumps?");
        float[] expected = [.. (await generator.GenerateDocumentsAsync(Texts)).Select(query.Dot)];

        var found = await passages.SearchAsync("which fox jumps?", 99).ToListAsync();

        Assert.Equal(expected.Count(score => score > 0), found.Count);
        Assert.Equal(found.Select(result => result.Score).OrderDescending(), found.Select(result => result.Score));
        Assert.All(found, result => Assert.Equal(expected[(int)result.Record["Id"]!], result.Score!.Value, 1e-3));
        Assert.Equal(
            found.Select(result => result.Record["Id"]), await passages.SearchAsync(query, 99).Select(result => result.Record["Id"]).ToListAsync());
    }

    [Fact]
    public async Task SearchAsync_SparseEncoderOfOtherSettings_IsRefused()
    {
        using OnnxSparseEmbeddingGenerator generator = OnnxSparseEmbeddingGenerator.Load(Model);
        using OnnxSparseEmbeddingGenerator other = OnnxSparseEmbeddingGenerator.Load(Model, new() { MaxActiveDimensions = 3 });
        using LocalVectorStore store = new(new() { EmbeddingGenerator = generator });
        await FillAsync(store);
        using LocalVectorStore shared = new(new() { EmbeddingGenerator = other, SharedWith = store });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Get(shared).SearchAsync("fox", 1).ToListAsync().AsTask());

        Assert.Contains("differ in pooling", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<VectorStoreCollection<object, Dictionary<string, object?>>> FillAsync(LocalVectorStore store)
    {
        var passages = Get(store);
        await passages.EnsureCollectionExistsAsync();
        await passages.UpsertAsync(Texts.Select((text, id) => new Dictionary<string, object?> { ["Id"] = id, ["Text"] = text }));
        return passages;
    }

    private static VectorStoreCollection<object, Dictionary<string, object?>> Get(LocalVectorStore store) => store.GetDynamicCollection("passages", new()
    {
        Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Text", typeof(string), 3000)],
    });
}
