using System.Collections.Concurrent;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>Indexes follow a table's rows from behind, through deletions, compaction and disposal.</summary>
public sealed class IndexUpkeepTests
{
    [Theory]
    [InlineData(IndexKind.Hnsw)]
    [InlineData(IndexKind.QuantizedFlat)]
    public async Task WhenIndexedAsync_AfterUpserts_TheIndexKnowsAllRows(string kind)
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store, kind);
        await items.UpsertAsync(Items.Make(0, 3000, number: 1));
        await items.UpsertAsync(Items.Make(500, 10, number: 2));

        await items.WhenIndexedAsync();

        VectorIndexStatistics statistics = await Items.MeasureAsync(store);
        Assert.Equal(("Vector", kind, kind, null, 3010, 0), (statistics.Property, statistics.Kind, statistics.KindInUse, statistics.Reason, statistics.Rows, statistics.RowsBehind));
        Assert.Equal(3010 * 16, statistics.Bytes);
        Assert.Equal(kind == IndexKind.Hnsw ? (null, 64) : (2.0, null), (statistics.Oversampling, statistics.EfSearch));
        Assert.Equal(Enumerable.Range(0, 3010).Where(row => (row < 3000 ? row : row - 2500) % 7 != 6), indexes.Last!.Added);
        await Items.AssertFindsAsync(items, [.. Items.Make(0, 3000, number: 1).Where(item => item.Id is < 500 or >= 510), .. Items.Make(500, 10, number: 2)]);
        Assert.Equal(8, indexes.Calls("Search"));
    }

    [Fact]
    public async Task SearchAsync_TheIndexIsBehind_FindsWhatItDoesNotKnow()
    {
        using ManualResetEventSlim mayAdd = new();
        CopyIndexes indexes = new() { Entered = (member, cancelled) => WaitIn("Add", member, mayAdd, cancelled) };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 400, number: 1));
        Task indexed = items.WhenIndexedAsync();

        await Items.AssertFindsAsync(items, [.. Items.Make(0, 400, number: 1)]);
        Assert.Equal((0, 400), ((await Items.MeasureAsync(store)).Rows, (await Items.MeasureAsync(store)).RowsBehind));
        Assert.False(indexed.IsCompleted);

        mayAdd.Set();
        await indexed;
        Assert.Equal((400, 0), ((await Items.MeasureAsync(store)).Rows, (await Items.MeasureAsync(store)).RowsBehind));
        await Items.AssertFindsAsync(items, [.. Items.Make(0, 400, number: 1)]);
    }

    [Fact]
    public async Task WhenIndexedAsync_Cancelled_EndsTheWaitingAlone()
    {
        using ManualResetEventSlim mayAdd = new();
        using CancellationTokenSource cancelling = new();
        CopyIndexes indexes = new() { Entered = (member, cancelled) => WaitIn("Add", member, mayAdd, cancelled) };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 10, number: 1));
        Task indexed = items.WhenIndexedAsync(cancelling.Token);
        await HangGuard.UntilAsync(() => store.Catalog.FindLoaded("docs")!.AreIndexesWaitedFor);

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => indexed);
        Assert.False(store.Catalog.FindLoaded("docs")!.AreIndexesWaitedFor);
        mayAdd.Set();
        await items.WhenIndexedAsync();
        Assert.Equal(0, (await Items.MeasureAsync(store)).RowsBehind);
    }

    [Fact]
    public async Task UpsertAsync_FewerRowsThanAreWorthAnIndex_HasNone()
    {
        CopyIndexes indexes = new() { LeastRows = 20 };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 19, number: 1));
        await items.WhenIndexedAsync();
        VectorIndexStatistics few = await Items.MeasureAsync(store);
        Assert.Equal((IndexKind.Hnsw, IndexKind.Flat, "fewer than 20 records", 19), (few.Kind, few.KindInUse, few.Reason, few.RowsBehind));

        await items.UpsertAsync(Items.Make(19, 1, number: 1));
        await items.WhenIndexedAsync();

        Assert.Equal((IndexKind.Hnsw, 20, 0), ((await Items.MeasureAsync(store)).KindInUse, (await Items.MeasureAsync(store)).Rows, (await Items.MeasureAsync(store)).RowsBehind));
    }

    [Fact]
    public async Task SearchAsync_ACollectionThatAsksForNoIndex_ComparesAllAndHasNoUpkeep()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store, IndexKind.Flat);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));

        await items.WhenIndexedAsync();

        Assert.Empty((await store.GetStatisticsAsync("docs")).VectorIndexes);
        await Items.AssertFindsAsync(items, [.. Items.Make(0, 100, number: 1)]);
        Assert.Null(indexes.Last);
    }

    [Fact]
    public async Task SearchAsync_SeenAsFlat_ComparesAllBesideTheIndex()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        await items.WhenIndexedAsync();

        await Items.AssertFindsAsync(Items.Of(store, IndexKind.Flat), [.. Items.Make(0, 100, number: 1)]);

        Assert.Equal(0, indexes.Calls("Search"));
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_WithAnotherIndexThanItHas_WarnsOnce()
    {
        RecordingLoggerFactory log = new();
        using LocalVectorStore store = new(options: null, log);
        await Items.CollectionAsync(store, IndexKind.Flat);
        await Items.CollectionAsync(store, IndexKind.Hnsw);
        await Items.CollectionAsync(store, IndexKind.Hnsw);
        await Items.CollectionAsync(store, IndexKind.Flat);

        Assert.Equal(
            "Collection 'docs' is asked for with the index Hnsw over property 'Vector', and was opened with Flat, which stays until it is opened anew: have the first that opens it ask for the index. Said once.",
            Assert.Single(log.Messages));
    }

    [Fact]
    public async Task Compaction_InMemory_GivesTheIndexItsRowsNewNumbers()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        for (int round = 0; round < 12; round++)
        {
            await items.UpsertAsync(Items.Make(0, 300, round));
            await items.WhenIndexedAsync();
            await Items.AssertFindsAsync(items, [.. Items.Make(0, 300, round)]);
        }

        Assert.True(indexes.Calls("Renumber") >= 2);
        Assert.Equal(0, (await Items.MeasureAsync(store)).RowsBehind);
        Assert.InRange((await Items.MeasureAsync(store)).Rows, 300, 300 + 1024 + 300);
    }

    [Fact]
    public async Task Compaction_TwiceBeforeTheIndexIsRenumbered_JoinsTheNumbers()
    {
        using ManualResetEventSlim mayRenumber = new(initialState: true);
        CopyIndexes indexes = new() { Entered = (member, cancelled) => WaitIn("Renumber", member, mayRenumber, cancelled) };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 200, number: 0));
        await items.UpsertAsync(Items.Make(1000, 300, number: 0));
        await items.WhenIndexedAsync();
        mayRenumber.Reset();

        // Of the first rows those of numbers above stay; the second compaction takes some of them as well.
        for (int round = 1; round <= 20; round++)
        {
            await items.UpsertAsync(Items.Make(0, 200, round));
        }

        await items.DeleteAsync(Enumerable.Range(1000, 100));
        for (int round = 21; round <= 40; round++)
        {
            await items.UpsertAsync(Items.Make(0, 200, round));
        }

        Item[] there = [.. Items.Make(1100, 200, number: 0), .. Items.Make(0, 200, number: 40)];
        await Items.AssertFindsAsync(items, there);
        mayRenumber.Set();
        await items.WhenIndexedAsync();
        await Items.AssertFindsAsync(items, there);

        // The rows that stayed were given to the index once.
        Assert.DoesNotContain(indexes.Last!.Added, row => row < 100);
    }

    [Fact]
    public async Task Find_ByASnapshotFromBefore_SeesItsGeneration()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        await items.WhenIndexedAsync();
        Table table = store.FindTable("docs")!;
        TableSnapshot before = table.Read();
        double[] expected = Scores(before);

        await items.UpsertAsync(Items.Make(0, 50, number: 2));
        await items.DeleteAsync(Enumerable.Range(50, 20));
        await items.WhenIndexedAsync();
        Assert.Equal(expected, Scores(before));
        for (int round = 0; round < 20; round++)
        {
            await items.UpsertAsync(Items.Make(0, 100, round));
        }

        await items.WhenIndexedAsync();
        Assert.NotSame(before.State, table.Read().State);
        Assert.Equal(expected, Scores(before));

        double[] Scores(TableSnapshot snapshot)
        {
            VectorProperty property = RecordModelBuilder.Build(typeof(int), typeof(Item), definition: null, storeGenerator: null).Vectors[0];
            int searches = indexes.Calls("Search");
            RowScore[] found = new NearestRows(snapshot, property, candidates: null, matches: null).Find(new float[] { 7, 1, 30 }, new RowSearchOptions { Top = 200 }, CancellationToken.None)[0];
            Assert.Equal(searches + 1, indexes.Calls("Search"));
            return [.. found.Select(row => row.Score)];
        }
    }

    [Fact]
    public async Task DeleteAsync_AFifthIsGone_TheIndexIsRepairedOnce()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 500, number: 1));
        await items.WhenIndexedAsync();
        await items.DeleteAsync(Enumerable.Range(0, 100));
        await items.WhenIndexedAsync();
        Assert.Empty(indexes.Repaired);

        await items.DeleteAsync([100]);
        await IdleAsync(items);
        Assert.Equal([101], indexes.Repaired);

        await items.DeleteAsync([101]);
        await IdleAsync(items);
        Assert.Equal([101], indexes.Repaired);
        await Items.AssertFindsAsync(items, [.. Items.Make(102, 398, number: 1)]);
    }

    [Fact]
    public async Task Upkeep_ManyRowsAtOnce_StopsWhereIndexesMeasure()
    {
        ConcurrentBag<int> counts = [];
        CopyIndexes indexes = new();
        indexes.Entered = (member, _) =>
        {
            if (member == "Add")
            {
                counts.Add(indexes.Last!.Count);
            }
        };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 5000, number: 1));
        await items.WhenIndexedAsync();

        Assert.Superset(new HashSet<int> { 0, 1024, 1280, 1600, 2000, 2500, 3125, 3906, 4882 }, counts.ToHashSet());
    }

    [Fact]
    public async Task Dispose_WhileTheIndexIsMade_EndsThat()
    {
        using ManualResetEventSlim never = new();
        CopyIndexes indexes = new() { Entered = (member, cancelled) => WaitIn("Add", member, never, cancelled) };
        LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        Task indexed = items.WhenIndexedAsync();
        await indexes.WhenCalledAsync("Add");

        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => indexed);
        Assert.Equal(0, indexes.Last!.Count);
    }

    [Fact]
    public async Task Dispose_WhileIndexesOfSeveralCollectionsAreMade_EndsThemSideBySide()
    {
        using CountdownEvent begun = new(2);
        using CountdownEvent ended = new(2);
        int together = 0;
        CopyIndexes indexes = new()
        {
            Entered = (member, cancelled) =>
            {
                if (member == "Add")
                {
                    begun.Signal();
                    cancelled.WaitHandle.WaitOne();
                    ended.Signal();
                    Interlocked.Add(ref together, ended.Wait(TimeSpan.FromMinutes(1), CancellationToken.None) ? 1 : 0);
                    cancelled.ThrowIfCancellationRequested();
                }
            },
        };
        LocalVectorStore store = indexes.Store();
        await (await Items.CollectionAsync(store)).UpsertAsync(Items.Make(0, 100, number: 1));
        LocalVectorStoreCollection<int, Item> others = store.GetCollection<int, Item>("others");
        await others.EnsureCollectionExistsAsync();
        await others.UpsertAsync(Items.Make(0, 100, number: 2));
        begun.Wait();

        store.Dispose();

        Assert.Equal(2, together);
    }

    [Fact]
    public async Task EnsureCollectionDeletedAsync_WhileTheIndexIsMade_EndsThat()
    {
        using ManualResetEventSlim never = new();
        CopyIndexes indexes = new() { Entered = (member, cancelled) => WaitIn("Add", member, never, cancelled) };
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        Task indexed = items.WhenIndexedAsync();
        await indexes.WhenCalledAsync("Add");

        await store.EnsureCollectionDeletedAsync("docs");

        await Assert.ThrowsAsync<VectorStoreException>(() => indexed);
    }

    [Fact]
    public async Task Readers_BesideWritersDeletesAndCompaction_FindWhatIsThere()
    {
        CopyIndexes indexes = new();
        using LocalVectorStore store = indexes.Store();
        var items = await Items.CollectionAsync(store);
        int[] searches = new int[2];
        await Concurrently.RunAsync(
            [stop => ReadAsync(0, stop), stop => ReadAsync(1, stop)],
            async stop =>
            {
                for (int number = 1; !stop.IsCancellationRequested; number++)
                {
                    await items.UpsertAsync(Items.Make(0, 60, number), CancellationToken.None);
                    if (number % 5 == 0)
                    {
                        await items.DeleteAsync(Enumerable.Range(0, 60), CancellationToken.None);
                    }
                }
            });
        await items.WhenIndexedAsync();
        Assert.Equal(0, (await Items.MeasureAsync(store)).RowsBehind);

        async Task ReadAsync(int reader, CancellationToken stop)
        {
            while ((searches[reader] < 300 || indexes.Calls("Renumber") < 3) && !stop.IsCancellationRequested)
            {
                List<Item> found = await items.SearchAsync(new float[] { 1, 2, 3 }, 100, cancellationToken: CancellationToken.None).Select(result => result.Record).ToListAsync(CancellationToken.None);

                // All of a batch, or nothing.
                Assert.True(found.Count is 0 or 52, $"Found {found.Count}.");
                Assert.True(found.TrueForAll(item => item.Number == found[0].Number));
                searches[reader]++;
            }
        }
    }

    private static void WaitIn(string wanted, string member, ManualResetEventSlim gate, CancellationToken cancelled)
    {
        if (member == wanted)
        {
            gate.Wait(cancelled);
        }
    }

    /// <summary>Ends when there is nothing left to do, repairs included.</summary>
    private static async Task IdleAsync(LocalVectorStoreCollection<int, Item> items)
    {
        await items.WhenIndexedAsync();
        await ((LocalVectorStore)items.GetService(typeof(LocalVectorStore))!).FindTable("docs")!.WhenIndexesAreIdleAsync();
    }
}
