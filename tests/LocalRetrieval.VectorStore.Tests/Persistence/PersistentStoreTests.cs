using System.Globalization;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A store with a path: what is there when it is opened again, and what is said where that cannot be.</summary>
public sealed class PersistentStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Durability.None)]
    [InlineData(Durability.Process)]
    [InlineData(Durability.Disk)]
    public async Task Open_AfterDispose_HasWhatWasThere(Durability durability)
    {
        using (LocalVectorStore store = _folder.Open(durability))
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await notes.UpsertAsync([Note("a", 1), Note("b", 2), Note("c", 3)]);
            await notes.DeleteAsync("b");
            await notes.UpsertAsync(Note("c", 4));
        }

        using LocalVectorStore again = _folder.Open(durability);
        var read = again.GetCollection<string, Note>("docs");
        Assert.True(await read.CollectionExistsAsync());
        Note c = (await read.GetAsync("c", new() { IncludeVectors = true }))!;
        Assert.Equal(("text of c", 4, "x,y", "4,0,1"), (c.Text, c.Number, string.Join(',', c.Tags!), string.Join(',', c.Vector!.Value.ToArray())));
        Assert.Equal("ac", await read.GetAsync(_ => true, 10).IdsAsync());
        Assert.Equal("c", await read.SearchAsync(new float[] { 4, 0, 1 }, 1).IdsAsync());
        Assert.Equal("c", await read.GetAsync(note => note.Number == 4, 10).IdsAsync());
        Assert.Equal("ac", string.Concat((await ((IKeywordSearchable<Note>)read).KeywordSearchAsync("text", 5).ToListAsync()).Select(result => result.Record.Id).Order()));
    }

    [Fact]
    public async Task Open_TheProcessEndedBefore_HasWhatWasThere()
    {
        // Never disposed: as a process leaves it that is killed.
        LocalVectorStore store = _folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Note("a", 1));
        string copy = Directory.CreateTempSubdirectory("copy").FullName;
        Array.ForEach([.. Directory.GetFiles(_folder.Path).Where(file => Path.GetFileName(file) != "lock")], file => File.Copy(file, Path.Combine(copy, Path.GetFileName(file))));

        using LocalVectorStore again = new(new LocalVectorStoreOptions { Path = copy });
        Assert.Equal("a", await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).IdsAsync());
        again.Dispose();
        store.Dispose();
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task Open_AsDictionaries_HasTheRecordsOfTheClass()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await (await Stores.CollectionAsync<string, Note>(store)).UpsertAsync(Note("a", 1));
        }

        using LocalVectorStore again = _folder.Open();
        var read = again.GetDynamicCollection("docs", new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Text", typeof(string)) { IsFullTextIndexed = true },
                new VectorStoreDataProperty("n", typeof(int)),
                new VectorStoreDataProperty("Tags", typeof(List<string>)),
                new VectorStoreVectorProperty("Vector", typeof(ReadOnlyMemory<float>?), 3),
            ],
        });
        Assert.Equal(1, (await read.GetAsync("a"))!["n"]);
    }

    [Fact]
    public async Task Open_RecordsOfAnotherKind_SaysWhatDiffersAndChangesNothing()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await (await Stores.CollectionAsync<string, Note>(store)).UpsertAsync(Note("a", 1));
        }

        byte[] before = File.ReadAllBytes(_folder.Log);
        using LocalVectorStore again = _folder.Open();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => again.GetCollection<string, Keyed<string>>("docs").EnsureCollectionExistsAsync());
        Assert.Matches("has .*data 'n' of type System.Int32.* instead of nothing", exception.Message);
        Assert.Equal(before, File.ReadAllBytes(_folder.Log));
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_PropertyThatCannotBeWritten_IsNamed()
    {
        using LocalVectorStore store = _folder.Open();
        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => store.GetCollection<int, Product>("docs").EnsureCollectionExistsAsync());
        Assert.Contains("'Made'", exception.Message, StringComparison.Ordinal);
        Assert.False(await store.CollectionExistsAsync("docs"));
    }

    [Theory]
    [InlineData("docs")]
    [InlineData("Docs")]
    [InlineData("a/../b: \"c\" ü 猫")]
    [InlineData("con")]
    [InlineData("..")]
    public async Task ListCollectionNamesAsync_AnyName_IsThereAgain(string name)
    {
        string[] names = [name, name + "2", new string('x', 300), new string('x', 301)];
        using (LocalVectorStore store = _folder.Open())
        {
            foreach (string one in names)
            {
                await store.GetCollection<string, Note>(one).EnsureCollectionExistsAsync();
            }

            await store.EnsureCollectionDeletedAsync(name + "2");
        }

        using LocalVectorStore again = _folder.Open();
        Assert.Equal(names.Where(one => one != name + "2").Order(StringComparer.Ordinal), await again.ListCollectionNamesAsync().ToListAsync());
        Assert.All(Directory.GetFileSystemEntries(_folder.Path), entry => Assert.True(File.Exists(entry)));
    }

    [Fact]
    public async Task Open_WhileAnotherStoreHasTheFolder_NamesIt()
    {
        using LocalVectorStore store = _folder.Open();
        await store.GetCollection<string, Note>("docs").EnsureCollectionExistsAsync();
        using LocalVectorStore other = _folder.Open();

        var exception = await Assert.ThrowsAsync<IOException>(() => other.GetCollection<string, Note>("docs").EnsureCollectionExistsAsync());

        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
        store.Dispose();
        await other.GetCollection<string, Note>("docs").EnsureCollectionExistsAsync();
    }

    [Fact]
    public async Task Open_TornTail_IsPutAside()
    {
        byte[] whole = await FillAsync("a", "b");
        whole = whole[..^LogFormat.FrameHeaderLength];
        File.WriteAllBytes(_folder.Log, whole[..^3]);

        using (LocalVectorStore store = _folder.Open())
        {
            var notes = store.GetCollection<string, Note>("docs");
            Assert.Equal("a", await notes.GetAsync(_ => true, 10).IdsAsync());
            await notes.UpsertAsync(Note("c", 3));
        }

        string torn = Directory.GetFiles(_folder.Path, "*.torn").Single();
        byte[] tail = File.ReadAllBytes(torn);
        Assert.Equal(whole[^(3 + tail.Length)..^3], tail);
        using LocalVectorStore again = _folder.Open();
        Assert.Equal("ac", await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).IdsAsync());
    }

    [Fact]
    public async Task Open_DamageInTheMiddle_IsToldAndRepairedWhenAsked()
    {
        byte[] log = await FillAsync("a", "b", "c");
        int damaged = log.AsSpan().LastIndexOf("text of b"u8);
        log[damaged] ^= 1;
        File.WriteAllBytes(_folder.Log, log);

        using LocalVectorStore store = _folder.Open();
        var notes = store.GetCollection<string, Note>("docs");
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => notes.GetAsync("a"));
        Assert.Contains("2 whole frames behind", exception.Message, StringComparison.Ordinal);
        Assert.Equal(log, File.ReadAllBytes(_folder.Log));

        long aside = await store.RepairAsync("docs");
        Assert.Equal("a", await notes.GetAsync(_ => true, 10).IdsAsync());
        Assert.Equal(aside, new FileInfo(Directory.GetFiles(_folder.Path, "*.damaged").Single()).Length);
        Assert.Equal(0, await store.RepairAsync("docs"));
        Assert.Equal(0, await store.RepairAsync("there is none"));
    }

    [Fact]
    public async Task Open_EachByteOfASmallStoreFlipped_IsAnErrorOrWhatWasThere()
    {
        await FillAsync("a", "b", "c");
        string[] files = [.. Directory.GetFiles(_folder.Path).Where(file => Path.GetExtension(file) is ".log" or ".current")];
        foreach (string file in files)
        {
            byte[] before = File.ReadAllBytes(file);
            for (int i = 0; i < before.Length; i++)
            {
                byte[] broken = [.. before];
                broken[i] ^= 0x40;
                File.WriteAllBytes(file, broken);
                Assert.StartsWith(await ReadAsync(), "abc", StringComparison.Ordinal);
                Array.ForEach(Directory.GetFiles(_folder.Path, "*.torn"), File.Delete);
            }

            File.WriteAllBytes(file, before);
        }

        Assert.Equal("abc", await ReadAsync());

        async Task<string> ReadAsync()
        {
            using LocalVectorStore store = _folder.Open();
            try
            {
                return await store.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).IdsAsync();
            }
            catch (InvalidDataException)
            {
                return "";
            }
        }
    }

    [Fact]
    public async Task RepairAsync_WhatTheCollectionStoresIsDamaged_ChangesNothing()
    {
        byte[] log = await FillAsync("a");
        log[60] ^= 1;
        File.WriteAllBytes(_folder.Log, log);

        using LocalVectorStore store = _folder.Open();
        await Assert.ThrowsAsync<InvalidDataException>(() => store.RepairAsync("docs"));
        Assert.Equal(log, File.ReadAllBytes(_folder.Log));
    }

    [Fact]
    public async Task RepairAsync_DamagedCollectionInUse_SaysSoAndChangesNothing()
    {
        await FillAsync("a", "b", "c");
        using LocalVectorStore store = _folder.Open();
        var notes = store.GetCollection<string, Note>("docs");
        Assert.Equal("abc", await notes.GetAsync(_ => true, 10).IdsAsync());
        Assert.Equal(0, await store.RepairAsync("docs"));
        long damaged = File.ReadAllBytes(_folder.Log).AsSpan().LastIndexOf("text of b"u8);
        using (FileStream file = new(_folder.Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = damaged;
            file.WriteByte((byte)'T');
        }

        byte[] log = File.ReadAllBytes(_folder.Log);
        Assert.Contains("is damaged at byte", (await Assert.ThrowsAsync<InvalidOperationException>(() => store.RepairAsync("docs"))).Message, StringComparison.Ordinal);

        Assert.Equal(log, File.ReadAllBytes(_folder.Log));
        Assert.Equal("abc", await notes.GetAsync(_ => true, 10).IdsAsync());
    }

    [Fact]
    public async Task EnsureCollectionDeletedAsync_ASwitchHadFailed_LeavesNoFile()
    {
        using LocalVectorStore store = _folder.Open();
        await Stores.CollectionAsync<string, Note>(store);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "docs.current.new"), "half a line");
        CollectionStatistics statistics = await store.GetStatisticsAsync("docs");
        Assert.Equal(new FileInfo(Path.Combine(_folder.Path, "docs.current")).Length + "half a line".Length, statistics.OtherBytes);

        await store.EnsureCollectionDeletedAsync("docs");

        Assert.Empty(Directory.GetFiles(_folder.Path, "docs.*"));
    }

    [Fact]
    public void Access_WhatThisProcessMayNotUse_IsAnIOExceptionWithThePath()
    {
        // No system opens a folder as a file.
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "folder")).FullName;
        DiskFolder files = new(_folder.Path);

        Assert.Contains(folder, Assert.Throws<IOException>(() => files.Open("folder", isWritten: false)).Message, StringComparison.Ordinal);
        Assert.Contains(folder, Assert.Throws<IOException>(() => files.Map("folder")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RepairAsync_TwiceAtOnePlace_KeepsBothRests()
    {
        for (int time = 0; time < 2; time++)
        {
            byte[] log = await FillAsync("a", "b", "c");
            log[log.AsSpan().LastIndexOf("text of b"u8)] ^= 1;
            File.WriteAllBytes(_folder.Log, log);
            using LocalVectorStore store = _folder.Open();
            Assert.NotEqual(0, await store.RepairAsync("docs"));
            Assert.Equal(time + 1, Directory.GetFiles(_folder.Path, "*.damaged").Length);
            await store.EnsureCollectionDeletedAsync("other");
        }
    }

    [Fact]
    public async Task Open_FilesOfOthersBesideThem_StayAsTheyAre()
    {
        string[] others = ["settings.new", "docs.20260101.log", "docs.000009.log.txt"];
        Array.ForEach(others, file => File.WriteAllText(Path.Combine(_folder.Path, file), "of somebody else"));
        using (LocalVectorStore store = _folder.Open())
        {
            await (await Stores.CollectionAsync<string, Note>(store)).UpsertAsync(Note("a", 1));
        }

        using (LocalVectorStore again = _folder.Open())
        {
            await again.GetCollection<string, Note>("docs").UpsertAsync(Note("b", 1));
            await again.EnsureCollectionDeletedAsync("docs");
        }

        Assert.All(others, file => Assert.Equal("of somebody else", File.ReadAllText(Path.Combine(_folder.Path, file))));
    }

    [Fact]
    public async Task Open_TwoNamesOfHalfCharacters_AreNotOne()
    {
        using LocalVectorStore store = _folder.Open();
        await store.GetCollection<string, Note>("\uD800").EnsureCollectionExistsAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.GetCollection<string, Note>("\uDC00").EnsureCollectionExistsAsync());
    }

    [Fact]
    public async Task Open_ATextThatWasEmbedded_IsNotEmbeddedAgain()
    {
        using FakeGenerator generator = new();
        using (LocalVectorStore store = _folder.Open(configure: options => options.EmbeddingGenerator = generator))
        {
            await (await Stores.CollectionAsync<int, TextNote>(store)).UpsertAsync(new TextNote { Id = 1, Text = "a text" });
        }

        using FakeGenerator unused = new();
        using LocalVectorStore again = _folder.Open(configure: options => options.EmbeddingGenerator = unused);
        Assert.Equal("a text", (await again.GetCollection<int, TextNote>("docs").GetAsync(1))!.Text);
        Assert.Empty(unused.Calls);
    }

    [Fact]
    public async Task Container_StoresOfEachLifetime_ShareAFolderAndCloseIt()
    {
        foreach (ServiceLifetime lifetime in Enum.GetValues<ServiceLifetime>())
        {
            await using ServiceProvider services = new ServiceCollection().AddLocalVectorStore(options => options.Path = _folder.Path, lifetime).BuildServiceProvider();
            for (int i = 0; i < 2; i++)
            {
                await using AsyncServiceScope scope = services.CreateAsyncScope();
                var notes = scope.ServiceProvider.GetRequiredService<VectorStore>().GetCollection<string, Note>($"{lifetime}");
                await notes.EnsureCollectionExistsAsync();
                await notes.UpsertAsync(Note("a", i));
            }
        }

        using LocalVectorStore store = _folder.Open();
        Assert.Equal(3, await store.ListCollectionNamesAsync().CountAsync());
    }

    [Fact]
    public async Task UpsertAsync_AfterDispose_IsRefusedAndLosesNothing()
    {
        LocalVectorStore store = _folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Note("a", 1));
        store.Dispose();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => notes.UpsertAsync(Note("b", 2)));
        using LocalVectorStore again = _folder.Open();
        Assert.Equal("a", await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).IdsAsync());
    }

    [Fact]
    public async Task UpsertAsync_ManyWriters_AreAllThereAgain()
    {
        using (LocalVectorStore store = _folder.Open(Durability.Disk))
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    await notes.UpsertAsync(Note($"{writer}-{i}", i));
                }
            })));
        }

        using LocalVectorStore again = _folder.Open();
        Assert.Equal(320, await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 1000).CountAsync());
    }

    private static Note Note(string id, int number) => new() { Id = id, Text = $"text of {id}", Number = number, Tags = ["x", "y"], Vector = new float[] { number, 0, 1 } };

    /// <summary>Fills the folder, a batch a note.</summary>
    private async Task<byte[]> FillAsync(params string[] ids)
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            foreach (string id in ids)
            {
                await notes.UpsertAsync(Note(id, 1));
            }
        }

        return File.ReadAllBytes(_folder.Log);
    }
}
