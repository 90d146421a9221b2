using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>How much an index finds is measured against an exact search.</summary>
public sealed class RecallTests
{
    private static readonly float[][] Queries = [[1, 1, 1], [50, 1, 51], [90, 1, 90]];

    [Fact]
    public async Task MeasureRecallAsync_AnIndexThatFindsAll_FindsAll()
    {
        using LocalVectorStore store = new CopyIndexes().Store();
        var items = await FilledAsync(store);

        RecallMeasurement measured = await items.MeasureRecallAsync(Queries, top: 5);

        Assert.Equal((5, 3, 1.0, 1.0, 0), (measured.Top, measured.Queries, measured.Recall, measured.WorstRecall, measured.WorstQuery));
        Assert.True(measured.MedianTime > TimeSpan.Zero && measured.MedianExactTime > TimeSpan.Zero);
        Assert.StartsWith("recall@5 of 3 searches 1.0000, at worst 1.0000 (number 0); ", measured.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeasureRecallAsync_AnIndexThatMissesRows_CountsThemAndNamesTheWorstQuery()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await FilledAsync(store);

        // The nearest of the second query, and no other's, are around number 50.
        indexes.Misses = row => row is 50 or 51;
        RecallMeasurement measured = await items.MeasureRecallAsync(Queries, top: 4, new() { Filter = item => item.Number == 1 });

        Assert.Equal((1, 0.5), (measured.WorstQuery, measured.WorstRecall));
        Assert.Equal((1 + 0.5 + 1) / 3, measured.Recall, 9);
    }

    [Fact]
    public async Task MeasureRecallAsync_EquallyNearRows_AreHits()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Enumerable.Range(0, 20).Select(id => new Item { Id = id, Vector = [id / 10, 0, 0] }));
        await items.WhenIndexedAsync();
        indexes.Misses = row => row < 5;

        Assert.Equal(1, (await items.MeasureRecallAsync([new float[3]], top: 4)).Recall);
        Assert.Equal(0.5, (await items.MeasureRecallAsync([new float[3]], top: 10)).Recall);
    }

    [Fact]
    public async Task MeasureRecallAsync_Texts_AreEmbedded()
    {
        using FakeGenerator generator = new() { Vector = static text => [text.Length, 1, 0] };
        using LocalVectorStore store = new CopyIndexes().Store(generator);
        var notes = await Stores.CollectionAsync<string, Note>(store, new() { Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), 3) { IndexKind = IndexKind.QuantizedFlat }] });
        await notes.UpsertAsync(Enumerable.Range(0, 40).Select(id => new Note { Id = $"{id}", Vector = new float[] { id, 1, 0 } }));

        RecallMeasurement measured = await ((LocalVectorStoreCollection<string, Note>)notes).MeasureRecallAsync(["a", "bcd"]);

        Assert.Equal((10, 2, 1.0), (measured.Top, measured.Queries, measured.Recall));
    }

    [Fact]
    public async Task MeasureRecallAsync_NoIndexOrNoMatch_IsAll()
    {
        using LocalVectorStore store = new();
        var items = await FilledAsync(store, IndexKind.Flat);

        Assert.Equal(1, (await items.MeasureRecallAsync(Queries)).Recall);
        Assert.Equal(1, (await items.MeasureRecallAsync(Queries, 3, new() { Filter = item => item.Number == 7 })).Recall);
    }

    [Fact]
    public async Task MeasureRecallAsync_NothingToMeasure_Throws()
    {
        using LocalVectorStore store = new();
        var items = await FilledAsync(store);
        var sparse = store.GetCollection<int, SparseNote>("sparse");
        await sparse.EnsureCollectionExistsAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => items.MeasureRecallAsync<float[]>([]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => items.MeasureRecallAsync<float[]>(null!));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => items.MeasureRecallAsync(Queries, top: 0));
        await Assert.ThrowsAsync<ArgumentException>(() => items.MeasureRecallAsync([new float[2]]));
        await Assert.ThrowsAsync<NotSupportedException>(() => sparse.MeasureRecallAsync([SparseVectors.Of((1, 1))], options: new() { VectorProperty = note => note.Weights }));
        await Assert.ThrowsAsync<VectorStoreException>(() => Items.Of(new LocalVectorStore()).MeasureRecallAsync(Queries));
    }

    private static async Task<LocalVectorStoreCollection<int, Item>> FilledAsync(LocalVectorStore store, string? kind = null)
    {
        var items = await Items.CollectionAsync(store, kind);
        await items.UpsertAsync(Enumerable.Range(0, 100).Select(id => new Item { Id = id, Number = 1, Vector = [id, 1, id] }));
        await items.WhenIndexedAsync();
        return items;
    }
}
