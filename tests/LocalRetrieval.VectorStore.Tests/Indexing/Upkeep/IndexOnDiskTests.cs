using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>Indexes go with a collection through its files: opening, compaction, reading beside the writer, backup, import and rebuilds.</summary>
public sealed class IndexOnDiskTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_RowsOfSnapshotAndLog_AreAllIndexed()
    {
        using (LocalVectorStore store = new CopyIndexes().Store(_folder.Path))
        {
            var written = await Items.CollectionAsync(store);
            await written.UpsertAsync(Items.Make(0, 300, number: 1));
            await written.CompactAsync();
            await written.UpsertAsync(Items.Make(200, 200, number: 2));
            await written.DeleteAsync(Enumerable.Range(0, 30));
        }

        CopyIndexes indexes = new();
        using LocalVectorStore again = indexes.Store(_folder.Path);
        var items = Items.Of(again);
        await items.WhenIndexedAsync();

        Assert.Equal((IndexKind.Hnsw, 500, 0), await KindAndRowsAsync(again));
        await Items.AssertFindsAsync(items, [.. Items.Make(30, 170, number: 1), .. Items.Make(200, 200, number: 2)]);
        Assert.NotEqual(0, indexes.Calls("Search"));
    }

    [Fact]
    public async Task CompactAsync_TheIndexIsThere_ItIsRenumberedAndNotMadeAnew()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store(_folder.Path);
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 300, number: 1));
        await items.UpsertAsync(Items.Make(0, 100, number: 2));
        await items.WhenIndexedAsync();
        for (int round = 3; round < 6; round++)
        {
            await items.CompactAsync();
            await items.WhenIndexedAsync();
            Assert.Equal((IndexKind.Hnsw, 300, 0), await KindAndRowsAsync(store));
            Assert.Empty(indexes.Last!.Added);
            await Items.AssertFindsAsync(items, [.. Items.Make(0, 100, round - 1), .. Items.Make(100, 200, number: 1)]);
            await items.UpsertAsync(Items.Make(0, 100, round));
            await items.WhenIndexedAsync();
            await Items.AssertFindsAsync(items, [.. Items.Make(0, 100, round), .. Items.Make(100, 200, number: 1)]);
        }

        Assert.Equal(3, indexes.Calls("Renumber"));
    }

    [Fact]
    public async Task CompactAsync_WhileOthersWrite_TheIndexHasAll()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store(_folder.Path, leastRows: 500);
        var items = await Items.CollectionAsync(store);
        int last = 0;
        await Concurrently.RunAsync(
            [
                async stop =>
                {
                    for (int i = 0; (i < 100 || indexes.Calls("Renumber") < 5) && !stop.IsCancellationRequested; i++)
                    {
                        List<Item> found = await items.SearchAsync(new float[] { 1, 2, 3 }, 200, cancellationToken: CancellationToken.None).Select(result => result.Record).ToListAsync(CancellationToken.None);
                        Assert.True(found.Count is 0 or 172, $"Found {found.Count}.");
                        Assert.True(found.TrueForAll(item => item.Number == found[0].Number));
                    }
                },
            ],
            async stop =>
            {
                for (int number = 1; !stop.IsCancellationRequested; last = number++)
                {
                    await items.UpsertAsync(Items.Make(0, 200, number), CancellationToken.None);
                }
            });

        await store.FindTable("docs")!.WhenCompactedAsync();
        await items.WhenIndexedAsync();
        Assert.Equal(0, (await Items.MeasureAsync(store)).RowsBehind);
        await Items.AssertFindsAsync(items, [.. Items.Make(0, 200, last)]);
    }

    [Fact]
    public async Task RefreshAsync_WhatAnotherStoreWrites_IsIndexed()
    {
        using LocalVectorStore writer = new CopyIndexes().Store(_folder.Path);
        var written = await Items.CollectionAsync(writer);
        await written.UpsertAsync(Items.Make(0, 100, number: 1));
        CopyIndexes indexes = new();
        using LocalVectorStore reader = indexes.Store(_folder.Path, isReadOnly: true);
        var read = Items.Of(reader);
        await read.WhenIndexedAsync();
        Assert.Equal((IndexKind.Hnsw, 100, 0), await KindAndRowsAsync(reader));

        await written.UpsertAsync(Items.Make(50, 100, number: 2));
        await reader.RefreshAsync();
        await read.WhenIndexedAsync();
        Assert.Equal((IndexKind.Hnsw, 200, 0), await KindAndRowsAsync(reader));
        await Items.AssertFindsAsync(read, [.. Items.Make(0, 50, number: 1), .. Items.Make(50, 100, number: 2)]);

        await written.CompactAsync();
        await reader.RefreshAsync();
        await read.WhenIndexedAsync();
        Assert.Equal((IndexKind.Hnsw, 150, 0), await KindAndRowsAsync(reader));
        await Items.AssertFindsAsync(read, [.. Items.Make(0, 50, number: 1), .. Items.Make(50, 100, number: 2)]);
    }

    [Fact]
    public async Task RefreshAsync_WhileTheIndexIsMadeOfFilesThatAreReplaced_GoesOnWithTheNewOnes()
    {
        using LocalVectorStore writer = new CopyIndexes().Store(_folder.Path);
        var written = await Items.CollectionAsync(writer);
        await written.UpsertAsync(Items.Make(0, 100, number: 1));
        bool isFirst = true;
        using ManualResetEventSlim never = new();
        CopyIndexes indexes = new()
        {
            Entered = (member, cancelled) =>
            {
                if (member == "Add" && isFirst)
                {
                    isFirst = false;
                    never.Wait(cancelled);
                }
            },
        };
        using LocalVectorStore reader = indexes.Store(_folder.Path, isReadOnly: true);
        Task indexed = Items.Of(reader).WhenIndexedAsync();
        await indexes.WhenCalledAsync("Add");
        await written.UpsertAsync(Items.Make(100, 1, number: 1));
        await written.CompactAsync();

        await reader.RefreshAsync();

        await indexed;
        Assert.Equal((IndexKind.Hnsw, 101, 0), await KindAndRowsAsync(reader));
    }

    [Fact]
    public async Task BackupAsync_AndOpeningTheCopy_IndexesIt()
    {
        using StoreFolder copies = new();
        string copy = Path.Combine(copies.Path, "copy");
        using LocalVectorStore store = new CopyIndexes().Store(_folder.Path);
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        await items.CompactAsync();
        await items.WhenIndexedAsync();
        await items.UpsertAsync(Items.Make(100, 20, number: 2));

        await store.BackupAsync(copy);

        CopyIndexes indexes = new();
        using LocalVectorStore restored = indexes.Store(copy);
        await Items.Of(restored).WhenIndexedAsync();
        Assert.Equal((IndexKind.Hnsw, 120, 0), await KindAndRowsAsync(restored));
        await Items.AssertFindsAsync(Items.Of(restored), [.. Items.Make(0, 100, number: 1), .. Items.Make(100, 20, number: 2)]);
    }

    [Fact]
    public async Task ImportAsync_OfAnExport_IsIndexed()
    {
        using LocalVectorStore store = new CopyIndexes().Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        using MemoryStream lines = new();
        await items.ExportAsync(lines);
        lines.Position = 0;
        using LocalVectorStore other = new CopyIndexes().Store(_folder.Path);

        await Items.Of(other).ImportAsync(lines);

        await Items.Of(other).WhenIndexedAsync();
        Assert.Equal((IndexKind.Hnsw, 100, 0), await KindAndRowsAsync(other));
        await Items.AssertFindsAsync(Items.Of(other), [.. Items.Make(0, 100, number: 1)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RebuildAsync_ByAnotherEncoder_IndexesTheOtherVectors(bool isOnDisk)
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = isOnDisk ? indexes.Store(_folder.Path) : indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        await items.WhenIndexedAsync();
        VectorStoreCollectionDefinition wider = new() { Properties = [new VectorStoreVectorProperty(nameof(Item.Vector), 4)] };
        var after = store.GetCollection<int, Item>("docs", wider);

        await ((IRebuildableCollection<Item>)after).RebuildAsync(new RecordRebuild<Item>
        {
            Remake = (batch, _) =>
            {
                foreach (Item item in batch)
                {
                    item.Vector = [item.Id, 0, 0, 1];
                }

                return Task.CompletedTask;
            },
            InputOf = static item => item.Text ?? "",
            Encoder = FakeEncoders.Info("b"),
            BatchSize = 30,
        });

        await after.WhenIndexedAsync();
        Assert.Equal((IndexKind.Hnsw, 100, 0), await KindAndRowsAsync(store));
        Assert.Equal([70, 69, 71], await after.SearchAsync(new[] { 70f, 0, 0, 1 }, 3).Select(found => found.Record.Id).ToListAsync());
        Assert.NotEqual(0, indexes.Calls("Search"));
    }

    [Fact]
    public async Task Open_WithAnotherKind_HasThatIndex()
    {
        using (LocalVectorStore store = new CopyIndexes().Store(_folder.Path))
        {
            await (await Items.CollectionAsync(store, IndexKind.Flat)).UpsertAsync(Items.Make(0, 100, number: 1));
        }

        using LocalVectorStore again = new CopyIndexes().Store(_folder.Path);
        await Items.Of(again, IndexKind.QuantizedFlat).WhenIndexedAsync();

        Assert.Equal((IndexKind.QuantizedFlat, 100, 0), await KindAndRowsAsync(again));
    }

    private static async Task<(string Kind, long Rows, long Behind)> KindAndRowsAsync(LocalVectorStore store)
    {
        VectorIndexStatistics statistics = await Items.MeasureAsync(store);
        return (statistics.KindInUse, statistics.Rows, statistics.RowsBehind);
    }
}
