using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Synchronization;

public sealed class SyncTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task SyncAsync_EmptyScope_AddsEveryFile()
    {
        _folder.Write("a.md", "# A\n\nalpha");
        _folder.Write("sub/b.txt", "beta");

        SyncResult result = await SyncAsync();

        Assert.Equal(["a.md", "sub/b.txt"], Sources(result.New));
        Assert.Equal(2, result.Embedded);
        Assert.Equal(["alpha", "beta"], (await PassagesAsync()).Select(passage => passage.Text));
        Assert.All(await PassagesAsync(), passage => Assert.Equal("docs", passage.Scope));
    }

    [Fact]
    public async Task SyncAsync_NothingChanged_ReadsNoFile()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();
        using FileStream locked = new(_folder.PathOf("a.md"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        SyncResult result = await SyncAsync();

        Assert.Equal(["a.md"], Sources(result.Unchanged));
        Assert.Equal("is as it was", result.Unchanged[0].Reason);
        Assert.Equal(1, result.Unchanged[0].Passages);
    }

    [Fact]
    public async Task SyncAsync_ChangedFile_EmbedsOnlyWhatIsNew()
    {
        _folder.Write("a.md", "# A\n\nalpha\n\n# B\n\nbeta");
        await SyncAsync();
        _folder.Write("a.md", "# A\n\nalpha\n\n# B\n\ngamma");

        SyncResult result = await SyncAsync();

        SyncEntry entry = Assert.Single(result.Changed);
        Assert.Equal(("its bytes changed", 1, 2), (entry.Reason, entry.Embedded, entry.Passages));
        Assert.Equal(["alpha", "gamma"], (await PassagesAsync()).Select(passage => passage.Text));
    }

    [Fact]
    public async Task SyncAsync_OtherTimeAndSameBytes_IsUnchangedAndNextTimeNotRead()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();
        _folder.Touch("a.md");

        Assert.Equal("has another time and the same bytes", Assert.Single((await SyncAsync()).Unchanged).Reason);
        Assert.Equal("is as it was", Assert.Single((await SyncAsync()).Unchanged).Reason);
        Assert.Single(_generator.Embedded);
    }

    [Fact]
    public async Task SyncAsync_ChangedWithinTheCoarsenessOfTimes_IsSeen()
    {
        // However long the machine takes until it looks at the file, that is not two seconds later.
        DateTime now = DateTime.UtcNow.AddMinutes(5);
        _folder.Write("a.md", "alpha");
        File.SetLastWriteTimeUtc(_folder.PathOf("a.md"), now);
        await SyncAsync();
        _folder.Write("a.md", "bravo");
        File.SetLastWriteTimeUtc(_folder.PathOf("a.md"), now);

        Assert.Equal(["a.md"], Sources((await SyncAsync()).Changed));
    }

    [Fact]
    public async Task SyncAsync_RenamedFile_MovesItsVectors()
    {
        _folder.Write("a.md", "alpha");
        _folder.Write("b.md", "beta");
        await SyncAsync();
        _folder.Move("a.md", "sub/c.md");
        _generator.Embedded.Clear();

        SyncResult result = await SyncAsync();

        SyncEntry entry = Assert.Single(result.Renamed);
        Assert.Equal(("sub/c.md", "a.md"), (entry.Source, entry.PreviousSource));
        Assert.Empty(_generator.Embedded);
        Assert.Empty(result.Vanished);
        Assert.Equal(["b.md", "sub/c.md"], (await PassagesAsync()).Select(passage => passage.Source));
        Assert.All(await PassagesAsync(), passage => Assert.Equal(_generator.Vector(passage.EmbeddedText), passage.Vector.ToArray()));
        Assert.Equal(["b.md", "sub/c.md"], await RecordsAsync());
    }

    [Fact]
    public async Task SyncAsync_RenamedToAnotherFormat_IsReadByItsReader()
    {
        _folder.Write("a.txt", "# Head\n\nalpha");
        _folder.Write("b.txt", "beta");
        await SyncAsync();
        _folder.Move("a.txt", "a.md");

        Assert.Equal(["a.md"], Sources((await SyncAsync()).Renamed));
        Assert.Equal("Head", (await PassagesAsync())[0].HeadingPath);
    }

    [Fact]
    public async Task SyncAsync_WholeFolderRenamed_DeletesNoVector()
    {
        WriteMany(10, "old/");
        await SyncAsync();
        Directory.Move(_folder.PathOf("old"), _folder.PathOf("new"));
        _generator.Embedded.Clear();

        SyncResult result = await SyncAsync();

        Assert.Equal((10, 0, 0), (result.Renamed.Count, result.Vanished.Count, result.Failed.Count));
        Assert.Empty(_generator.Embedded);
        Assert.Equal(10, (await PassagesAsync()).Count);
    }

    [Fact]
    public async Task SyncAsync_DeletedFile_DeletesItsPassages()
    {
        WriteMany(3);
        await SyncAsync();
        _folder.Delete("f1.md");

        SyncResult result = await SyncAsync();

        Assert.Equal(["f1.md"], Sources(result.Vanished));
        Assert.Equal(["f0.md", "f2.md"], (await PassagesAsync()).Select(passage => passage.Source));
        Assert.Equal(["f0.md", "f2.md"], await RecordsAsync());
        Assert.Empty((await SyncAsync()).Vanished);
    }

    [Fact]
    public async Task SyncAsync_DeletedFileToBeKept_KeepsItsPassages()
    {
        WriteMany(3);
        SyncOptions options = new() { Vanished = VanishedSources.Keep };
        await SyncAsync(options);
        _folder.Delete("f1.md");
        _folder.Delete("f2.md");

        Assert.Equal(["f1.md", "f2.md"], Sources((await SyncAsync(options)).Vanished));
        Assert.Equal(3, (await PassagesAsync()).Count);
    }

    [Fact]
    public async Task SyncAsync_MoreThanHalfDeleted_DeletesNoneAndSaysSo()
    {
        WriteMany(5);
        await SyncAsync();
        _folder.Delete("f1.md");
        _folder.Delete("f2.md");
        _folder.Delete("f3.md");
        _folder.Write("new.md", "new");

        SyncResult result = await SyncAsync();

        Assert.Equal(["f1.md", "f2.md", "f3.md"], Sources(result.Failed));
        Assert.All(result.Failed, entry => Assert.Contains("MaxVanishedShare", entry.Reason, StringComparison.Ordinal));
        Assert.Equal(["new.md"], Sources(result.New));
        Assert.Equal(6, (await PassagesAsync()).Count);
        Assert.Equal(3, (await SyncAsync(new SyncOptions { MaxVanishedShare = 0.6 })).Vanished.Count);
        Assert.Equal(3, (await PassagesAsync()).Count);
    }

    [Fact]
    public async Task SyncAsync_RefusedDeletion_StaysRefusedThoughTheScopeGrows()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();
        _folder.Delete("a.md");
        _folder.Write("c.md", "gamma");

        string first = Assert.Single((await SyncAsync()).Failed).Reason;
        string second = Assert.Single((await SyncAsync()).Failed).Reason;
        _folder.Write("d.md", "delta");
        SyncResult third = await SyncAsync(new SyncOptions { MaxVanishedShare = 0.99 });

        Assert.Contains("1 of the scope's 1 sources is not", first, StringComparison.Ordinal);
        Assert.Contains("was more than one run may delete", second, StringComparison.Ordinal);
        Assert.Contains("MaxVanishedShare to 1 ", second, StringComparison.Ordinal);
        Assert.Equal(["a.md"], Sources(third.Failed));
        Assert.Equal(["a.md", "c.md", "d.md"], (await PassagesAsync()).Select(passage => passage.Source));
        Assert.Equal(["a.md"], Sources((await SyncAsync(new SyncOptions { MaxVanishedShare = 1 })).Vanished));
        Assert.Equal(["c.md", "d.md"], (await PassagesAsync()).Select(passage => passage.Source));
    }

    [Fact]
    public async Task SyncAsync_RefusedDeletionAndFileIsBack_IsAsIfItHadNeverGone()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();
        _folder.Move("a.md", "../" + Path.GetFileName(_folder.FullPath) + "-away.md");
        _folder.Write("c.md", "gamma");
        await SyncAsync();
        _folder.Move("../" + Path.GetFileName(_folder.FullPath) + "-away.md", "a.md");

        Assert.Equal(["a.md", "c.md"], Sources((await SyncAsync()).Unchanged));
        _folder.Delete("a.md");
        Assert.Equal(["a.md"], Sources((await SyncAsync()).Vanished));
        Assert.Equal(["alpha", "gamma"], _generator.Embedded.Select(embedded => embedded.Text));
    }

    [Fact]
    public async Task SyncAsync_RefusedDeletion_LetsOthersBeDeleted()
    {
        WriteMany(3);
        await SyncAsync();
        _folder.Delete("f0.md");
        _folder.Delete("f1.md");
        Assert.Equal(2, (await SyncAsync()).Failed.Count);
        for (int index = 0; index < 9; index++)
        {
            _folder.Write($"new{index}.md", $"new text {index}");
        }

        await SyncAsync();
        _folder.Delete("f2.md");

        SyncResult result = await SyncAsync();

        Assert.Equal(["f2.md"], Sources(result.Vanished));
        Assert.Equal(["f0.md", "f1.md"], Sources(result.Failed));
        Assert.Contains("MaxVanishedShare to 0.67 ", result.Failed[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await SyncAsync(new SyncOptions { MaxVanishedShare = 0.67 })).Vanished.Count);
    }

    [Fact]
    public async Task SyncAsync_RefusedDeletionOfALostManifest_IsRemembered()
    {
        WriteMany(2);
        await SyncAsync();
        await _store.EnsureCollectionDeletedAsync("docs-sources");
        _folder.Delete("f0.md");
        _folder.Delete("f1.md");
        _folder.Write("c.md", "gamma");

        Assert.Equal(["f0.md", "f1.md"], Sources((await SyncAsync()).Failed));
        Assert.Equal(["f0.md", "f1.md"], Sources((await SyncAsync()).Failed));
        Assert.Equal(["f0.md", "f1.md"], Sources((await SyncAsync(new SyncOptions { MaxVanishedShare = 1 })).Vanished));
        Assert.Equal(["c.md"], (await PassagesAsync()).Select(passage => passage.Source));
    }

    [Fact]
    public async Task SyncAsync_HalfDeleted_Deletes()
    {
        WriteMany(4);
        await SyncAsync();
        _folder.Delete("f1.md");
        _folder.Delete("f2.md");

        Assert.Equal(2, (await SyncAsync()).Vanished.Count);
    }

    [Fact]
    public async Task SyncAsync_EmptiedFolder_ThrowsAndKeepsAll()
    {
        WriteMany(2);
        await SyncAsync();
        _folder.Delete("f0.md");
        _folder.Delete("f1.md");

        Assert.Contains("mounted", (await Assert.ThrowsAsync<IOException>(() => SyncAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(2, (await PassagesAsync()).Count);
        Assert.Equal(2, (await SyncAsync(new SyncOptions { MaxVanishedShare = 1 })).Vanished.Count);
        Assert.Empty(await PassagesAsync());
    }

    [Fact]
    public async Task SyncAsync_MissingFolder_Throws()
    {
        VectorStoreCollection<string, Passage> collection = await CollectionAsync();

        DirectoryNotFoundException refusal =
            await Assert.ThrowsAsync<DirectoryNotFoundException>(() => Indexer().SyncAsync(collection, _folder.PathOf("missing"), "docs"));
        Assert.StartsWith($"There is no folder '{_folder.PathOf("missing")}' to read documents from", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("mounted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncAsync_OneFileFails_KeepsItsPassagesAndDoesTheRest()
    {
        WriteMany(3);
        await SyncAsync();
        _folder.Write("f1.md", "poison");
        _folder.Write("f2.md", "better");
        _generator.FailOn = "poison";

        SyncResult result = await SyncAsync();

        Assert.Equal(["f1.md"], Sources(result.Failed));
        Assert.IsType<IOException>(result.Failed[0].Error);
        Assert.StartsWith("was not brought up to date: ", result.Failed[0].Reason, StringComparison.Ordinal);
        Assert.ThrowsAny<AggregateException>(result.ThrowIfFailed);
        Assert.Equal(["text 0", "text 1", "better"], (await PassagesAsync()).Select(passage => passage.Text));
        _generator.FailOn = null;
        Assert.Equal(["f1.md"], Sources((await SyncAsync()).Changed));
    }

    [Fact]
    public async Task SyncAsync_OtherChunking_ReadsAgain()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();

        SyncResult result = await new PassageIndexer(_generator, new PassageIndexerOptions { Chunking = new ChunkingOptions { MaxTokens = 50 } })
            .SyncAsync(await CollectionAsync(), _folder.FullPath, "docs");

        Assert.Contains("chunking", Assert.Single(result.Changed).Reason, StringComparison.Ordinal);
        Assert.Single(_generator.Embedded);
    }

    [Fact]
    public async Task SyncAsync_OtherEncoder_EmbedsAnewOrRefuses()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();
        using FakeEmbeddingGenerator other = new() { ModelId = "other", Prefix = "other" };

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new PassageIndexer(other).SyncAsync(await CollectionAsync(), _folder.FullPath, "docs"));

        SyncResult result = await new PassageIndexer(other, new PassageIndexerOptions { EncoderChange = EncoderChange.Rebuild })
            .SyncAsync(await CollectionAsync(), _folder.FullPath, "docs");
        Assert.Equal(("the encoder is another", 1), (Assert.Single(result.Changed).Reason, result.Rebuilt));
        Assert.Equal(other.Vector("alpha"), (await PassagesAsync())[0].Vector.ToArray());
    }

    [Fact]
    public async Task SyncAsync_IdenticalFiles_EmbedsOnceAndStoresEach()
    {
        _folder.Write("a.md", "same");
        _folder.Write("b.md", "same");
        await SyncAsync();
        _folder.Write("c.md", "same");
        await SyncAsync();

        Assert.Single(_generator.Embedded);
        Assert.Equal(["a.md", "b.md", "c.md"], (await PassagesAsync()).Select(passage => passage.Source));
    }

    [Fact]
    public async Task SyncAsync_IdenticalPassagesFarApart_EmbedsThemOnce()
    {
        for (int index = 0; index < 300; index++)
        {
            _folder.Write($"f{index:000}.md", $"# Licence\n\nthe same licence\n\n# Text\n\ntext {index}");
        }

        Assert.Equal(301, (await SyncAsync()).Embedded);
        Assert.Equal(600, (await PassagesAsync()).Count);
    }

    [Fact]
    public async Task SyncAsync_ManifestLost_EndsInTheSameState()
    {
        WriteMany(4);
        await SyncAsync();
        string[] before = await StateAsync();
        await _store.EnsureCollectionDeletedAsync("docs-sources");
        _folder.Delete("f3.md");
        _generator.Embedded.Clear();

        SyncResult result = await SyncAsync();

        Assert.Equal(["f3.md"], Sources(result.Vanished));
        Assert.Empty(_generator.Embedded);
        Assert.Equal(before.Where(line => !line.Contains("f3.md", StringComparison.Ordinal)), await StateAsync());
        Assert.Equal(3, (await SyncAsync()).Unchanged.Count);
    }

    [Fact]
    public async Task SyncAsync_PassagesLost_WritesThemAgain()
    {
        WriteMany(3);
        await SyncAsync();
        string[] before = await StateAsync();
        await PassageIndexer.DeleteSourceAsync(await CollectionAsync(), "f1.md");

        Assert.Equal(["f1.md"], Sources((await SyncAsync()).Changed));
        await _store.EnsureCollectionDeletedAsync("docs");
        Assert.Equal(3, (await SyncAsync()).Changed.Count);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task SyncAsync_TwoScopes_LeaveEachOtherAlone()
    {
        using TemporaryFolder other = new();
        WriteMany(2);
        other.Write("f0.md", "foreign");
        other.Write("g.md", "other");
        await Indexer().IndexAsync(await CollectionAsync(), [new SourceDocument("indexed.md", "by hand")]);
        await SyncAsync();

        SyncResult result = await Indexer().SyncAsync(await CollectionAsync(), other.FullPath, "other");

        Assert.Equal(["g.md"], Sources(result.New));
        Assert.Contains("the scope 'docs'", Assert.Single(result.Failed).Reason, StringComparison.Ordinal);
        Assert.Equal(["f0.md", "f1.md", "g.md", "indexed.md"], (await PassagesAsync()).Select(passage => passage.Source));
        Assert.Equal(2, (await SyncAsync()).Unchanged.Count);

        await Indexer().SyncAsync(await CollectionAsync(), other.FullPath, "other", new SyncOptions { SourcePrefix = "other/" });
        Assert.Equal(["f0.md", "f1.md", "indexed.md", "other/f0.md", "other/g.md"], (await PassagesAsync()).Select(passage => passage.Source));
    }

    [Fact]
    public async Task SyncAsync_IndexedSource_IsTakenOverOnlyIfAsked()
    {
        _folder.Write("a.md", "alpha");
        await Indexer().IndexAsync(await CollectionAsync(), [new SourceDocument("a.md", "alpha")]);

        Assert.Contains("TakeOver", Assert.Single((await SyncAsync()).Failed).Reason, StringComparison.Ordinal);
        Assert.Equal(["a.md"], Sources((await SyncAsync(new SyncOptions { TakeOver = true })).New));
        Assert.Single(_generator.Embedded);
        Assert.Equal("docs", (await PassagesAsync())[0].Scope);
        Assert.Single((await SyncAsync()).Unchanged);
    }

    [Fact]
    public async Task IndexAsync_SourceOfAScope_FailsAndLeavesIt()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();

        IndexingResult result = await Indexer().IndexAsync(await CollectionAsync(), [new SourceDocument("a.md", "other text"), new SourceDocument("b.md", "beta")]);

        Assert.Equal(1, result.Documents);
        IndexingFailure failure = Assert.Single(result.Failures);
        Assert.Equal("a.md", failure.Source);
        Assert.StartsWith("'a.md' belongs to the scope 'docs'", Assert.IsType<InvalidOperationException>(failure.Error).Message, StringComparison.Ordinal);
        Assert.Equal([("alpha", "docs"), ("beta", null)], (await PassagesAsync()).Select(passage => (passage.Text, passage.Scope)));
        Assert.Single((await SyncAsync()).Unchanged);
        Assert.DoesNotContain("other text", _generator.Embedded.Select(embedded => embedded.Text));
    }

    [Fact]
    public async Task SyncAsync_SourceThatAnotherScopeTookOver_IsLeftToIt()
    {
        using TemporaryFolder other = new();
        WriteMany(4);
        other.Write("f0.md", "foreign");
        other.Write("f1.md", "foreign too");
        await SyncAsync();
        await Indexer().SyncAsync(await CollectionAsync(), other.FullPath, "other", new SyncOptions { TakeOver = true });
        _folder.Delete("f0.md");
        _folder.Write("f1.md", "changed");

        SyncResult result = await SyncAsync();

        Assert.Equal(["f0.md"], Sources(result.Vanished));
        Assert.Contains("the scope 'other'", Assert.Single(result.Failed).Reason, StringComparison.Ordinal);
        Assert.Equal(
            [("foreign", "other"), ("foreign too", "other"), ("text 2", "docs"), ("text 3", "docs")],
            (await PassagesAsync()).Select(passage => (passage.Text, passage.Scope)));
        Assert.Equal(["f1.md", "f2.md", "f3.md"], await RecordsAsync());
    }

    [Fact]
    public async Task SyncAsync_FilesChangeWhileItWaitsForAnother_SeesThem()
    {
        WriteMany(1);
        Task<SyncResult> waiting;
        using (await ScopeLocks.EnterAsync(_store, "docs-sources", "docs", CancellationToken.None))
        {
            waiting = SyncAsync();
            await Task.Delay(100);   // a listing that does not wait is made meanwhile
            _folder.Write("new.md", "new");
        }

        Assert.Equal(["f0.md", "new.md"], Sources((await waiting).New));
    }

    [Fact]
    public async Task SyncAsync_Concurrent_RunsOneAfterTheOther()
    {
        WriteMany(30);

        SyncResult[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SyncAsync())));

        Assert.Equal(30, results.Sum(result => result.New.Count));
        Assert.Equal(90, results.Sum(result => result.Unchanged.Count));
    }

    [Fact]
    public async Task SyncAsync_UnknownStore_SaysWhatToDo()
    {
        _folder.Write("a.md", "alpha");
        ChaosStore store = new();
        VectorStoreCollection<string, Passage> collection = store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32));

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Indexer().SyncAsync(collection, _folder.FullPath, "docs"));

        Assert.Contains("SyncOptions.Store", refusal.Message, StringComparison.Ordinal);
        Assert.Single((await Indexer().SyncAsync(collection, _folder.FullPath, "docs", new SyncOptions { Store = store })).New);
        Assert.Single((await Indexer().SyncAsync(await Indexer().GetCollectionAsync(store, "docs"), _folder.FullPath, "docs")).Unchanged);
    }

    [Fact]
    public async Task SyncAsync_StoreThatFindsByKeysAlone_NeedsNoFilter()
    {
        using ChaosStore store = new() { Filters = false };
        WriteMany(3);
        VectorStoreCollection<string, Passage> collection = await Indexer().GetCollectionAsync(store, "docs");
        await Indexer().SyncAsync(collection, _folder.FullPath, "docs");
        _folder.Delete("f0.md");
        _folder.Move("f1.md", "g.md");

        SyncResult result = await Indexer().SyncAsync(collection, _folder.FullPath, "docs");

        Assert.Equal((1, 1, 1), (result.Vanished.Count, result.Renamed.Count, result.Unchanged.Count));
        Assert.Equal(["f2.md", "g.md"], store.Records<string, Passage>("docs").Select(passage => passage.Source).Order(StringComparer.Ordinal));
        await store.EnsureCollectionDeletedAsync("docs-sources");
        Assert.Equal(2, (await Indexer().SyncAsync(collection, _folder.FullPath, "docs", new SyncOptions { TakeOver = true })).New.Count);
    }

    [Fact]
    public async Task SyncAsync_UuidKeys_KeepsItsManifestWithThem()
    {
        WriteMany(3);
        VectorStoreCollection<Guid, Passage> collection = await Indexer().GetCollectionAsync<Guid>(_store, "uuids");

        Assert.Equal(3, (await Indexer().SyncAsync(collection, _folder.FullPath, "docs")).New.Count);
        _folder.Delete("f0.md");
        SyncResult result = await Indexer().SyncAsync(collection, _folder.FullPath, "docs");
        Assert.Equal((2, 1), (result.Unchanged.Count, result.Vanished.Count));
    }

    [Fact]
    public async Task SyncEventsAsync_Sources_AreToldAsTheyAreDone()
    {
        WriteMany(3);
        List<SyncEntry> entries = [];

        await foreach (SyncEntry entry in Indexer().SyncEventsAsync(await CollectionAsync(), _folder.FullPath, "docs"))
        {
            entries.Add(entry);
        }

        Assert.Equal(["f0.md", "f1.md", "f2.md"], Sources(entries));
        Assert.Equal("new: 'f0.md' (1 of 1 passage embedded)", entries[0].ToString());
    }

    [Fact]
    public async Task SyncEventsAsync_Abandoned_EndsTheRun()
    {
        WriteMany(200);
        PassageIndexer indexer = new(_generator, new PassageIndexerOptions { BatchSize = 1 });
        await foreach (SyncEntry entry in indexer.SyncEventsAsync(await CollectionAsync(), _folder.FullPath, "docs"))
        {
            break;
        }

        int embedded = _generator.Embedded.Count;
        Assert.InRange(embedded, 1, 199);
        Assert.Equal(200, (await SyncAsync()) is var result ? result.New.Count + result.Unchanged.Count + result.Changed.Count : 0);
    }

    [Fact]
    public async Task SyncAsync_FileThatGivesNoPassage_IsKeptInMind()
    {
        _folder.Write("empty.md", "");

        Assert.Equal(0, Assert.Single((await SyncAsync()).New).Passages);
        Assert.Single((await SyncAsync()).Unchanged);
    }

    [Fact]
    public async Task SyncAsync_ReaderWarns_SaysSoInTheEntry()
    {
        _folder.Write("a.md", "---\ntitle: [\n---\nalpha");

        SyncEntry entry = Assert.Single((await SyncAsync()).New);

        Assert.Equal(2, Assert.Single(entry.Warnings).Line);
        Assert.Empty(Assert.Single((await SyncAsync()).Unchanged).Warnings);
    }

    [Fact]
    public async Task SyncAsync_OtherTokenCounterWithTheSameLimit_ReadsAgain()
    {
        _folder.Write("a.md", "alpha");
        await SyncAsync();
        ITokenCounter counter = new OtherCounter(_generator.GetService<ITokenCounter>()!);

        SyncResult result = await new PassageIndexer(_generator, new PassageIndexerOptions { TokenCounter = counter })
            .SyncAsync(await CollectionAsync(), _folder.FullPath, "docs");

        Assert.Contains("chunking", Assert.Single(result.Changed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncAsync_FileThatNothingReads_IsSkippedAndNoFailure()
    {
        _folder.Write("a.md", "alpha");
        File.WriteAllBytes(_folder.PathOf("b.png"), [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

        SyncResult result = await SyncAsync();

        Assert.Equal(["b.png"], Sources(result.Skipped));
        Assert.Equal((0, 1), (result.Failed.Count, result.New.Count));
    }

    [Fact]
    public async Task SyncAsync_FolderThatCannotBeRead_KeepsWhatLiesBelow()
    {
        _folder.Write("a.md", "alpha");
        _folder.Write("locked/b.md", "beta");
        _folder.Write("locked2.md", "gamma");
        await SyncAsync();
        _folder.Delete("locked/b.md");
        _folder.Delete("locked2.md");
        FolderListing listing = FolderReader.Read(_folder.FullPath, new SyncOptions(), CancellationToken.None);
        List<SyncEntry> entries = [];

        await Indexer().SyncAsync(
            PassageCollection.Of(await CollectionAsync()),
            _store,
            () => new FolderListing { Files = listing.Files, Failures = new Dictionary<string, Exception> { ["locked"] = new UnauthorizedAccessException("no access") } },
            "docs",
            new SyncOptions(),
            (entry, _) =>
            {
                entries.Add(entry);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        SyncResult result = SyncResult.Of(entries, 0);
        Assert.Equal(["locked", "locked/b.md"], Sources(result.Failed));
        Assert.Equal(["locked2.md"], Sources(result.Vanished));
        Assert.Equal(["a.md", "locked/b.md"], (await PassagesAsync()).Select(passage => passage.Source));
    }

    [Fact]
    public void ToString_Result_HasALineForEachList()
    {
        SyncResult result = SyncResult.Of(
            [
                new SyncEntry { Source = "a.md", Outcome = SyncOutcome.Changed, Reason = "its bytes changed" },
                new SyncEntry { Source = "b.md", Outcome = SyncOutcome.Unchanged, Reason = "is as it was" },
            ],
            rebuilt: 0);

        Assert.Equal(
            ["new: 0", "changed: 1 ('a.md' its bytes changed)", "unchanged: 1", "renamed: 0", "vanished: 0", "failed: 0"], result.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void ToString_Failures_HaveALineForEachReason()
    {
        SyncEntry Entry(string source, SyncOutcome outcome, string reason) => new() { Source = source, Outcome = outcome, Reason = reason };
        SyncResult result = SyncResult.Of(
            [
                Entry("a.md", SyncOutcome.New, "is new"), Entry("b.md", SyncOutcome.New, "is new"), Entry("c.md", SyncOutcome.New, "is new"), Entry("d.md", SyncOutcome.New, "is new"),
                Entry("e.md", SyncOutcome.Vanished, "is no longer in the folder"), Entry("f.md", SyncOutcome.Vanished, "is no longer in the folder, and was kept"),
                Entry("g.md", SyncOutcome.Failed, "is locked"), Entry("h.md", SyncOutcome.Failed, "is broken"), Entry("i.md", SyncOutcome.Failed, "is locked"),
            ],
            rebuilt: 0);

        Assert.Equal(
            [
                "new: 4 ('a.md', 'b.md', 'c.md', …)", "changed: 0", "unchanged: 0", "renamed: 0",
                "vanished: 2 ('e.md'; 'f.md' is no longer in the folder, and was kept)", "failed: 3", "  'g.md', 'i.md': is locked", "  'h.md' is broken",
            ],
            result.ToString().Split(Environment.NewLine));
        Assert.Equal(
            ["3 sources were not brought up to date:", "'g.md', 'i.md': is locked", "'h.md' is broken"],
            Assert.ThrowsAny<AggregateException>(result.ThrowIfFailed).Message.Split(Environment.NewLine));
    }

    [Fact]
    public async Task SyncAsync_ErrorThatBeginsWithTheName_SaysItOnce()
    {
        File.WriteAllBytes(_folder.PathOf("a.md"), [0x63, 0xC3, 0xA9, 0xE9, 0x0A]);

        SyncResult result = await SyncAsync();

        Assert.StartsWith("'a.md' is ", Assert.Single(result.Failed).Error!.Message, StringComparison.Ordinal);
        Assert.StartsWith("is ", result.Failed[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, result.ToString().Split("a.md").Length);
        Assert.Equal(2, result.Failed[0].ToString().Split("a.md").Length);
        Assert.Equal(2, Assert.ThrowsAny<AggregateException>(result.ThrowIfFailed).Message.Split("a.md").Length);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
        _generator.Dispose();
    }

    private static IEnumerable<string> Sources(IEnumerable<SyncEntry> entries) => entries.Select(entry => entry.Source);

    private void WriteMany(int count, string folder = "")
    {
        for (int index = 0; index < count; index++)
        {
            _folder.Write($"{folder}f{index}.md", $"text {index}");
        }
    }

    private PassageIndexer Indexer() => new(_generator);

    private Task<VectorStoreCollection<string, Passage>> CollectionAsync() => Indexer().GetCollectionAsync(_store, "docs");

    private async Task<SyncResult> SyncAsync(SyncOptions? options = null) => await Indexer().SyncAsync(await CollectionAsync(), _folder.FullPath, "docs", options);

    private async Task<List<Passage>> PassagesAsync() => await (await CollectionAsync())
        .GetAsync(passage => passage.Source != "", 10_000, new FilteredRecordRetrievalOptions<Passage> { IncludeVectors = true })
        .OrderBy(passage => passage.Source, StringComparer.Ordinal).ThenBy(passage => passage.Ordinal).ToListAsync();

    private async Task<string[]> StateAsync() =>
        [.. (await PassagesAsync()).Select(passage => $"{passage.Source} {passage.Ordinal} {passage.Scope} {passage.Text} {string.Join(',', passage.Vector.ToArray())}")];

    private async Task<IEnumerable<string>> RecordsAsync()
    {
        Dictionary<string, SourceRecord> records =
            await new SourceManifest(PassageCollection.Of(await CollectionAsync()).CreateSlots(_store, "docs-sources", "docs"), "docs").LoadAsync(default);
        return records.Keys.Order(StringComparer.Ordinal);
    }

    private sealed class OtherCounter(ITokenCounter counter) : ITokenCounter
    {
        public int? MaxTokens => counter.MaxTokens;

        public int CountTokens(ReadOnlySpan<char> text) => counter.CountTokens(text);

        public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => counter.IndexOfTokenLimit(text, maxTokens, out tokenCount);
    }
}
