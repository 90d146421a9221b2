using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>What an index knows of a snapshot stands in a file beside it: the next opening reads that, and makes the index anew where it cannot.</summary>
public sealed class IndexFileTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly RecordingLoggerFactory _log = new();

    private string Index => Assert.Single(Indexes);

    private string[] Indexes => Directory.GetFiles(_folder.Path, "*.index*");

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Open_TheIndexWasSaved_ReadsItAndAddsTheRowsOfTheLog()
    {
        using (LocalVectorStore store = new CopyIndexes().Store(_folder.Path))
        {
            var written = await FilledAsync(store);
            Assert.Equal(new FileInfo(Index).Length, (await store.GetStatisticsAsync("docs")).IndexBytes);
            await written.UpsertAsync(Items.Make(90, 20, number: 2));
        }

        CopyIndexes indexes = new() { Logger = _log };
        using LocalVectorStore again = indexes.Store(_folder.Path);
        await Items.Of(again).WhenIndexedAsync();

        Assert.Equal("docs.000002.0.index", Path.GetFileName(Index));
        Assert.Equal((1, 0), (indexes.Calls("Load"), indexes.Calls("Save")));
        Assert.Equal(Enumerable.Range(100, 20).Where(row => (row - 10) % 7 != 6), indexes.Last!.Added);
        await Items.AssertFindsAsync(Items.Of(again), [.. Items.Make(0, 90, number: 1), .. Items.Make(90, 20, number: 2)]);
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task CompactAsync_Again_ReplacesTheFileWithItsSnapshot()
    {
        using LocalVectorStore store = new CopyIndexes().Store(_folder.Path);
        var items = await FilledAsync(store);
        string before = Index;

        await items.UpsertAsync(Items.Make(0, 10, number: 2));
        await items.WhenIndexedAsync();
        Assert.Equal(before, Index);
        await items.CompactAsync();
        await items.WhenIndexedAsync();

        Assert.NotEqual(before, Index);
        await store.EnsureCollectionDeletedAsync("docs");
        Assert.Empty(Indexes);
    }

    [Fact]
    public async Task Open_TheFileIsDamagedAnywhere_MakesTheIndexAnew()
    {
        using (LocalVectorStore store = new CopyIndexes().Store(_folder.Path))
        {
            await FilledAsync(store);
        }

        byte[] whole = File.ReadAllBytes(Index);
        for (int place = 0; place < whole.Length; place += 61)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 0x40;
            File.WriteAllBytes(Index, damaged);
            await AssertMadeAnewAsync(whole);
        }

        for (int length = 0; length < whole.Length; length += 311)
        {
            File.WriteAllBytes(Index, whole[..length]);
            await AssertMadeAnewAsync(whole);
        }
    }

    [Fact]
    public async Task Open_TheFileIsOfAnotherFormat_MakesTheIndexAnew()
    {
        using (LocalVectorStore store = new CopyIndexes { Version = "0" }.Store(_folder.Path))
        {
            await FilledAsync(store);
        }

        CopyIndexes indexes = new() { Logger = _log };
        using LocalVectorStore again = indexes.Store(_folder.Path);
        await Items.Of(again).WhenIndexedAsync();

        Assert.Equal((0, 1), (indexes.Calls("Load"), indexes.Calls("Save")));
        Assert.Equal("'docs.000002.0.index', an index of collection 'docs', cannot be used, and is made anew: It is of the index 'copies of 3 0', and 'copies of 3 1' is asked for.", Assert.Single(_log.Messages));
    }

    [Fact]
    public async Task Open_TheFileIsOfAnotherSnapshotOfItsName_MakesTheIndexAnew()
    {
        using StoreFolder other = new();
        foreach (StoreFolder folder in (StoreFolder[])[_folder, other])
        {
            using LocalVectorStore store = new CopyIndexes().Store(folder.Path);
            await FilledAsync(store, folder == other ? 5 : 1);
        }

        File.Copy(Directory.GetFiles(other.Path, "*.index").Single(), Index, overwrite: true);
        CopyIndexes indexes = new() { Logger = _log };
        using LocalVectorStore again = indexes.Store(_folder.Path);
        await Items.Of(again).WhenIndexedAsync();

        Assert.EndsWith("It is of another snapshot.", Assert.Single(_log.Messages), StringComparison.Ordinal);
        await Items.AssertFindsAsync(Items.Of(again), [.. Items.Make(0, 100, number: 1)]);
    }

    [Fact]
    public async Task Open_ToRead_ReadsTheFileAndWritesNone()
    {
        using LocalVectorStore store = new CopyIndexes().Store(_folder.Path);
        var written = await FilledAsync(store);
        CopyIndexes indexes = new();
        using LocalVectorStore reader = indexes.Store(_folder.Path, isReadOnly: true);
        await Items.Of(reader).WhenIndexedAsync();
        Assert.Equal((1, 0, 0), (indexes.Calls("Load"), indexes.Calls("Add"), indexes.Calls("Save")));

        await written.UpsertAsync(Items.Make(0, 10, number: 2));
        await written.CompactAsync();
        await written.WhenIndexedAsync();
        await reader.RefreshAsync();
        await Items.Of(reader).WhenIndexedAsync();

        Assert.Equal((2, 0, 0), (indexes.Calls("Load"), indexes.Calls("Add"), indexes.Calls("Save")));
        await Items.AssertFindsAsync(Items.Of(reader), [.. Items.Make(10, 90, number: 1), .. Items.Make(0, 10, number: 2)]);
    }

    [Fact]
    public async Task Open_ToRead_WithoutTheFileMakesTheIndexInMemory()
    {
        using (LocalVectorStore store = new CopyIndexes().Store(_folder.Path))
        {
            await FilledAsync(store);
        }

        File.Delete(Index);
        CopyIndexes indexes = new() { Logger = _log };
        using LocalVectorStore reader = indexes.Store(_folder.Path, isReadOnly: true);
        await Items.Of(reader).WhenIndexedAsync();

        Assert.Equal("Collection 'docs' has no file of an index over the 100 records of its snapshot: the index is made in the background.", Assert.Single(_log.Messages));
        Assert.Equal((0, 0), (indexes.Calls("Load"), indexes.Calls("Save")));
        Assert.Empty(Indexes);
        Assert.Equal((IndexKind.Hnsw, 100), ((await Items.MeasureAsync(reader)).KindInUse, (await Items.MeasureAsync(reader)).Rows));
    }

    [Fact]
    public async Task Open_WhatAProcessLeft_IsDeleted()
    {
        using (LocalVectorStore store = new CopyIndexes().Store(_folder.Path))
        {
            await FilledAsync(store);
        }

        string index = Index;
        File.Copy(index, Path.Combine(_folder.Path, "docs.000001.0.index"));
        File.Copy(index, index + ".new");
        string kept = Path.Combine(_folder.Path, "docs.000007.0.index");
        File.WriteAllText(kept, "Somebody else's.");

        using LocalVectorStore again = new CopyIndexes().Store(_folder.Path);
        await Items.Of(again).WhenIndexedAsync();

        Assert.Equal(["docs.000002.0.index", "docs.000007.0.index"], Indexes.Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Open_TheColumnLeftItsIndexOpen_HasTheGraphThatWasThere()
    {
        using (LocalVectorStore store = new CopyIndexes { SlowSearch = TimeSpan.FromTicks(1) }.Store(_folder.Path))
        {
            var written = await Items.CollectionAsync(store, IndexKind.Dynamic);
            await written.UpsertAsync(Items.Make(0, 100, number: 1));
            for (int i = 0; i < 9; i++)
            {
                await written.SearchAsync(new float[3], 1).ToListAsync();
            }

            await written.CompactAsync();
            await written.WhenIndexedAsync();
            Assert.Single(Indexes);
        }

        CopyIndexes indexes = new() { SlowSearch = TimeSpan.MaxValue };
        using LocalVectorStore again = indexes.Store(_folder.Path);
        await Items.Of(again, IndexKind.Dynamic).WhenIndexedAsync();

        VectorIndexStatistics statistics = await Items.MeasureAsync(again);
        Assert.Equal((IndexKind.Hnsw, 100, "there was a graph when the collection was opened"), (statistics.KindInUse, statistics.Rows, statistics.Reason));
    }

    [Fact]
    public async Task Save_Fails_CostsTheFileAlone()
    {
        CopyIndexes indexes = new()
        {
            Logger = _log,
            Entered = static (member, _) =>
            {
                if (member == "Save")
                {
                    throw new IOException("The disk is full.");
                }
            },
        };
        using LocalVectorStore store = indexes.Store(_folder.Path);
        var items = await FilledAsync(store);
        await items.UpsertAsync(Items.Make(100, 10, number: 1));
        await items.WhenIndexedAsync();

        Assert.Empty(Indexes);
        Assert.Equal(1, indexes.Calls("Save"));
        Assert.Equal("An index of collection 'docs' could not be written, and is made anew at the next opening.", Assert.Single(_log.Messages));
        Assert.Equal((IndexKind.Hnsw, 110, 0), ((await Items.MeasureAsync(store)).KindInUse, (await Items.MeasureAsync(store)).Rows, (await Items.MeasureAsync(store)).RowsBehind));
    }

    [Fact]
    public async Task Dispose_WhileTheFileIsWritten_LeavesNone()
    {
        using ManualResetEventSlim never = new();
        CopyIndexes indexes = new()
        {
            Entered = (member, cancelled) =>
            {
                if (member == "Save")
                {
                    never.Wait(cancelled);
                }
            },
        };
        LocalVectorStore store = indexes.Store(_folder.Path);
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number: 1));
        await items.CompactAsync();
        await indexes.WhenCalledAsync("Save");

        store.Dispose();

        Assert.Empty(Indexes);
    }

    [Fact]
    public async Task Open_TheLogLostDeletionsThatCameBeforeTheFile_FindsWhatIsThereAgain()
    {
        using ManualResetEventSlim mayAdd = new(initialState: true);
        CopyIndexes indexes = new()
        {
            Entered = (member, cancelled) =>
            {
                if (member == "Add")
                {
                    mayAdd.Wait(cancelled);
                }
            },
        };
        string log;
        byte[] before;
        using (LocalVectorStore store = indexes.Store(_folder.Path))
        {
            var written = await Items.CollectionAsync(store);
            mayAdd.Reset();
            await written.UpsertAsync(Items.Make(0, 100, number: 1));
            await written.CompactAsync();
            log = _folder.Log;
            using (FileStream content = new(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            {
                before = new byte[content.Length];
                content.ReadExactly(before);
            }

            // The index is written after these are gone, and after others were dropped from memory.
            await written.DeleteAsync(Enumerable.Range(0, 50));
            for (int round = 0; round < 30; round++)
            {
                await written.UpsertAsync(Items.Make(100, 100, round));
            }

            mayAdd.Set();
            await written.WhenIndexedAsync();
            await Items.AssertFindsAsync(written, [.. Items.Make(50, 50, number: 1), .. Items.Make(100, 100, number: 29)]);
        }

        Assert.Single(Indexes);
        File.WriteAllBytes(log, before);
        CopyIndexes read = new();
        using LocalVectorStore again = read.Store(_folder.Path);
        await Items.Of(again).WhenIndexedAsync();
        Assert.Equal(1, read.Calls("Load"));
        await Items.AssertFindsAsync(Items.Of(again), [.. Items.Make(0, 100, number: 1)]);
    }

    [Fact]
    public async Task RepairAsync_TheLogLosesItsEnd_TheIndexIsMadeAnew()
    {
        long deletion;
        using (LocalVectorStore store = new CopyIndexes().Store(_folder.Path))
        {
            var written = await FilledAsync(store);
            await written.UpsertAsync(Items.Make(100, 10, number: 1));
            deletion = new FileInfo(_folder.Log).Length;
            await written.DeleteAsync(Enumerable.Range(0, 50));
        }

        byte[] log = File.ReadAllBytes(_folder.Log);
        log[deletion + 20] ^= 1;
        CopyIndexes indexes = new();
        using LocalVectorStore again = indexes.Store(_folder.Path);
        Assert.Equal(0, await again.RepairAsync("docs"));
        Assert.Single(Indexes);
        File.WriteAllBytes(_folder.Log, log);

        Assert.NotEqual(0, await again.RepairAsync("docs"));

        Assert.Empty(Indexes);
        await Items.Of(again).WhenIndexedAsync();
        Assert.Equal((0, 1), (indexes.Calls("Load"), indexes.Calls("Save")));
        await Items.AssertFindsAsync(Items.Of(again), [.. Items.Make(0, 110, number: 1)]);
    }

    private async Task<LocalVectorStoreCollection<int, Item>> FilledAsync(LocalVectorStore store, int number = 1)
    {
        var items = await Items.CollectionAsync(store);
        await items.UpsertAsync(Items.Make(0, 100, number));
        await items.CompactAsync();
        await items.WhenIndexedAsync();
        return items;
    }

    private async Task AssertMadeAnewAsync(byte[] whole)
    {
        _log.Clear();
        CopyIndexes indexes = new() { Logger = _log };
        using LocalVectorStore store = indexes.Store(_folder.Path);
        await Items.Of(store).WhenIndexedAsync();
        Assert.StartsWith("'docs.000002.0.index', an index of collection 'docs', cannot be used, and is made anew: It ", Assert.Single(_log.Messages), StringComparison.Ordinal);
        await Items.AssertFindsAsync(Items.Of(store), [.. Items.Make(0, 100, number: 1)]);
        Assert.Equal(whole, File.ReadAllBytes(Index));
    }
}
