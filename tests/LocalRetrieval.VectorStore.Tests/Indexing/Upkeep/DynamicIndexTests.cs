using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Upkeep;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>A column that leaves its index open gets a graph when exact searches were measured to be slow, and says why.</summary>
public sealed class DynamicIndexTests
{
    [Fact]
    public async Task SearchAsync_ExactSearchesAreSlow_GetsAGraph()
    {
        RecordingLoggerFactory log = new();
        CopyIndexes indexes = new() { SlowSearch = TimeSpan.FromTicks(1), Logger = log };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store, IndexKind.Dynamic);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        await SearchAsync(items, SearchTimes.Kept - 1);
        await items.WhenIndexedAsync();
        VectorIndexStatistics before = await Items.MeasureAsync(store);
        Assert.Equal((IndexKind.Dynamic, IndexKind.Flat, "few searches yet to measure exact search by"), (before.Kind, before.KindInUse, before.Reason));

        await SearchAsync(items, 1);
        await items.WhenIndexedAsync();

        VectorIndexStatistics after = await Items.MeasureAsync(store);
        Assert.Equal((IndexKind.Dynamic, IndexKind.Hnsw, 100, 0), (after.Kind, after.KindInUse, after.Rows, after.RowsBehind));
        Assert.Matches(@"^exact search took \d+\.\d ms a query of 100 records$", after.Reason);
        Assert.Equal(VectorIndexKind.Hnsw, indexes.Last!.Kind);
        Assert.Matches(@"^An exact search of property 'Vector' of collection 'docs' takes \d+\.\d ms a query of 100 records: it gets a graph, which is built in the background\.$", Assert.Single(log.Messages));
        await Items.AssertFindsAsync(items, [.. Items.Make(0, 100, number: 1)]);
    }

    [Fact]
    public async Task SearchAsync_ExactSearchesAreQuick_ComparesAll()
    {
        CopyIndexes indexes = new() { SlowSearch = TimeSpan.MaxValue };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store, IndexKind.Dynamic);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));

        await SearchAsync(items, 30);
        await items.WhenIndexedAsync();

        Assert.Matches(@"^exact search takes \d+\.\d ms a query$", (await Items.MeasureAsync(store)).Reason);
        Assert.Null(indexes.Last);
    }

    [Fact]
    public async Task SearchAsync_Filtered_MeasuresNothing()
    {
        CopyIndexes indexes = new() { SlowSearch = TimeSpan.FromTicks(1) };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store, IndexKind.Dynamic);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));

        for (int i = 0; i < 20; i++)
        {
            await items.SearchAsync(new float[] { i, 0, 0 }, 3, new() { Filter = item => item.Text != "x" }).ToListAsync();
        }

        await items.WhenIndexedAsync();
        Assert.Null(indexes.Last);
    }

    private static async Task SearchAsync(LocalVectorStoreCollection<int, Item> items, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Equal(3, await items.SearchAsync(new float[] { i, 0, 0 }, 3).CountAsync());
        }
    }
}
