using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Embedding;

public sealed class MultiVectorEmbeddingTests
{
    [Fact]
    public async Task SearchAsync_Text_IsEmbeddedAsAQueryAndFoundByItsTokens()
    {
        using FakeMultiVectorGenerator generator = new();
        using LocalVectorStore store = Stores.With(generator);
        var notes = await Stores.CollectionAsync<int, MultiTextNote>(store);
        await notes.UpsertAsync([new MultiTextNote { Id = 1, Text = "apples bananas" }, new MultiTextNote { Id = 2, Text = "bananas cherries" }, new MultiTextNote { Id = 3 }]);

        Assert.Equal([(2, 2), (1, 1)], await FoundAsync(notes, "blue cars"));
        Assert.Equal([("document", null), ("query", null)], generator.Calls);
        Assert.Equal(2, (await notes.GetAsync(note => note.Text!.StartsWith("ban"), 9).SingleAsync()).Id);
        await Assert.ThrowsAsync<NotSupportedException>(() => notes.GetAsync(1, new() { IncludeVectors = true }));
    }

    [Fact]
    public async Task Open_TextsThatWereEmbedded_AreFoundAfterLogSnapshotAndExport()
    {
        using FakeMultiVectorGenerator generator = new();
        using StoreFolder folder = new();
        using MemoryStream lines = new();
        using (LocalVectorStore store = folder.Open(configure: options => options.EmbeddingGenerator = generator))
        {
            var notes = (LocalVectorStoreCollection<int, MultiTextNote>)await Stores.CollectionAsync<int, MultiTextNote>(store);
            await notes.UpsertAsync([new MultiTextNote { Id = 1, Text = "apples bananas" }, new MultiTextNote { Id = 3 }]);
            await notes.CompactAsync();
            await notes.UpsertAsync(new MultiTextNote { Id = 2, Text = "bananas cherries" });
            await notes.ExportAsync(lines);
        }

        generator.Calls.Clear();
        using LocalVectorStore again = folder.Open(configure: options => options.EmbeddingGenerator = generator);
        Assert.Equal([(2, 2), (1, 1)], await FoundAsync(again.GetCollection<int, MultiTextNote>("docs"), "blue cars"));
        using LocalVectorStore other = Stores.With(generator);
        var imported = (LocalVectorStoreCollection<int, MultiTextNote>)await Stores.CollectionAsync<int, MultiTextNote>(other);
        lines.Position = 0;
        await imported.ImportAsync(lines);
        Assert.Equal([(2, 2), (1, 1)], await FoundAsync(imported, "blue cars"));
        Assert.All(generator.Calls, call => Assert.Equal("query", call.Role));
    }

    [Fact]
    public async Task SearchAsync_OtherEncoderThanTheOneThatFilled_ThrowsNamingWhatDiffers()
    {
        using FakeMultiVectorGenerator first = new() { Encoder = FakeEncoders.Info("first", dimensions: FakeMultiVectorGenerator.Dimensions) };
        using FakeMultiVectorGenerator other = new() { Encoder = FakeEncoders.Info("other", dimensions: 128) };
        using LocalVectorStore store = Stores.With(first);
        var notes = await Stores.CollectionAsync<int, MultiTextNote>(store);
        await notes.UpsertAsync(new MultiTextNote { Id = 1, Text = "text" });
        using LocalVectorStore shared = new(new() { EmbeddingGenerator = other, SharedWith = store, AllowOtherEncoders = true });
        using LocalVectorStore careful = new(new() { EmbeddingGenerator = other, SharedWith = store });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => FoundAsync(careful.GetCollection<int, MultiTextNote>("docs"), "text"));

        Assert.Contains("differ in model ('first' and 'other')", exception.Message, StringComparison.Ordinal);

        // The vectors of tokens are not cut.
        await FoundAsync(shared.GetCollection<int, MultiTextNote>("docs"), "text");
        Assert.Equal([("query", null)], other.Calls);
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.NegativeDotProductSimilarity)]
    [InlineData("nearest")]
    public void DistanceFunction_OtherThanDotProduct_IsRefusedByName(string name)
    {
        using LocalVectorStore store = new();

        var exception = Assert.Throws<NotSupportedException>(() => Build(store, new("Tokens", MultiNote.Dimensions) { DistanceFunction = name }));

        Assert.Contains($"'Tokens' has the distance function '{name}'; supported for several vectors a record is DotProductSimilarity", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Definition_WhatThereIsNot_IsRefusedByName()
    {
        using LocalVectorStore store = new();
        using FakeGenerator dense = new();

        Assert.Contains("'Hnsw'", Assert.Throws<NotSupportedException>(() => Build(store, new("Tokens", MultiNote.Dimensions) { IndexKind = IndexKind.Hnsw })).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Build(store, new("Tokens", MultiNote.Dimensions) { EmbeddingType = typeof(SparseEmbedding) }));
        Assert.Contains("'Dense' has MultiVectorOptions, and holds no MultiVectorEmbedding", Assert.Throws<NotSupportedException>(
            () => Build(store, new VectorStoreVectorProperty("Dense", 2).WithMultiVectors(new()))).Message, StringComparison.Ordinal);
        MultiVectorOptions tooLong = new() { FirstPass = MultiVectorFirstPass.FixedDimensional, FixedDimensional = new() { Repetitions = 64, PartitionBits = 8, ProjectedDimensions = 1024 } };
        Assert.Contains("make vectors of 327680 components; supported are 65536. Lower Repetitions, PartitionBits or ProjectedDimensions.", Assert.Throws<NotSupportedException>(
            () => Build(store, new VectorStoreVectorProperty("Tokens", MultiNote.Dimensions).WithMultiVectors(tooLong))).Message, StringComparison.Ordinal);
        Build(store, new VectorStoreVectorProperty("Tokens", MultiNote.Dimensions).WithMultiVectors(new(tooLong) { FirstPass = MultiVectorFirstPass.Pooled }));
        Assert.Contains("does not turn such values into MultiVectorEmbedding.", Assert.Throws<InvalidOperationException>(() => store.GetCollection<int, MultiTextNote>("docs", new()
        {
            EmbeddingGenerator = dense,
            Properties = [new VectorStoreVectorProperty("Text", FakeMultiVectorGenerator.Dimensions) { EmbeddingType = typeof(MultiVectorEmbedding) }],
        })).Message, StringComparison.Ordinal);
    }

    private static void Build(LocalVectorStore store, VectorStoreVectorProperty property) => store.GetCollection<int, MultiNote>("docs", new() { Properties = [property] });

    private static async Task<List<(int Id, double Score)>> FoundAsync(VectorStoreCollection<int, MultiTextNote> notes, string text) =>
        await notes.SearchAsync(text, 9).Select(found => (found.Record.Id, Math.Round(found.Score!.Value, 3))).ToListAsync();
}
