using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A store that reads a folder which another one writes.</summary>
public sealed class ReadingStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RefreshAsync_WhatAnotherStoreWrites_IsSeenThenAndNotBefore()
    {
        using LocalVectorStore writer = _folder.Open();
        var written = await NotesAsync(writer);
        await written.UpsertAsync([Note(1, 1), Note(2, 1)]);
        using LocalVectorStore reader = Read();
        var read = reader.GetCollection<string, Note>("docs");
        Assert.Equal("12", await read.GetAsync(_ => true, 10).IdsAsync());

        await written.UpsertAsync([Note(2, 2), Note(3, 2)]);
        await written.DeleteAsync("1");
        Assert.Equal("12", await read.GetAsync(_ => true, 10).IdsAsync());
        await reader.RefreshAsync();
        Assert.Equal("23", await read.GetAsync(_ => true, 10).IdsAsync());
        Assert.Equal("23", await read.GetAsync(note => note.Number == 2, 10).IdsAsync());
        Assert.Equal("3", await read.SearchAsync(new float[] { 3, 2, 1 }, 1).IdsAsync());
        Assert.Equal(["2", "3"], await read.KeywordSearchAsync("2", 10).Select(found => found.Record.Id).Order().ToListAsync());
        Assert.Empty(await read.KeywordSearchAsync("1", 10).ToListAsync());
    }

    [Fact]
    public async Task RefreshAsync_SparseVectors_AreFound()
    {
        using LocalVectorStore writer = _folder.Open();
        var written = await Stores.CollectionAsync<int, SparseNote>(writer);
        await written.UpsertAsync(new SparseNote { Id = 1, Weights = SparseVectors.Of((1, 1)) });
        using LocalVectorStore reader = Read();
        var read = reader.GetCollection<int, SparseNote>("docs");
        Assert.Equal([1], await SearchAsync());

        await written.UpsertAsync([new SparseNote { Id = 1, Weights = SparseVectors.Of((2, 1)) }, new SparseNote { Id = 2, Weights = SparseVectors.Of((1, 2)) }]);
        await reader.RefreshAsync();

        Assert.Equal([2], await SearchAsync());

        async Task<List<int>> SearchAsync() =>
            await read.SearchAsync(SparseVectors.Of((1, 1)), 9, new() { VectorProperty = note => note.Weights }).Select(found => found.Record.Id).ToListAsync();
    }

    [Fact]
    public async Task VerifyAsync_TheWriterCompactsAgainAndAgain_FindsNoDamageAndTheCollection()
    {
        // Such a name stands in the log alone.
        string name = new('x', 300);
        using StoreFolder copies = new();
        using LocalVectorStore writer = _folder.Open();
        LocalVectorStoreCollection<string, Note> written = writer.GetCollection<string, Note>(name);
        await written.EnsureCollectionExistsAsync();
        await written.UpsertAsync(Note(1, 0));
        using LocalVectorStore reader = Read();
        await Concurrently.RunAsync(
            [
                async cancelled =>
                {
                    for (int i = 0; i < 40 && !cancelled.IsCancellationRequested; i++)
                    {
                        Assert.Null((await reader.VerifyAsync(name, CancellationToken.None)).Damage);
                        Assert.Equal([name], await reader.ListCollectionNamesAsync(CancellationToken.None).ToListAsync(CancellationToken.None));
                        Assert.InRange((await reader.GetStatisticsAsync(name, CancellationToken.None)).LogBytes, 0, long.MaxValue);
                        await reader.BackupAsync(Path.Combine(copies.Path, $"{i}"), CancellationToken.None);
                    }
                },
            ],
            async cancelled =>
            {
                for (int round = 1; !cancelled.IsCancellationRequested; round++)
                {
                    await written.UpsertAsync(Note(1, round), CancellationToken.None);
                    await written.CompactAsync(CancellationToken.None);
                }
            });
        using LocalVectorStore copy = new(new LocalVectorStoreOptions { Path = Path.Combine(copies.Path, "39") });
        Assert.Equal("1", await copy.GetCollection<string, Note>(name).GetAsync(_ => true, 10).IdsAsync());
    }

    [Fact]
    public async Task GetStatisticsAsync_OfAReader_TellsWhatItKnows()
    {
        using LocalVectorStore writer = _folder.Open();
        var written = await NotesAsync(writer);
        await written.UpsertAsync([Note(1, 1), Note(2, 1)]);
        using LocalVectorStore reader = Read();
        await reader.GetCollection<string, Note>("docs").EnsureCollectionExistsAsync();
        CollectionStatistics before = await reader.GetStatisticsAsync("docs");
        Assert.Equal((true, 2, null, null), (before.IsLoaded, before.Records, before.LogRecords, before.SnapshotRecords));

        await written.CompactAsync();
        await reader.RefreshAsync();
        await reader.GetCollection<string, Note>("docs").EnsureCollectionExistsAsync();
        CollectionStatistics after = await reader.GetStatisticsAsync("docs");
        Assert.Equal((2, null, 2), (after.Records, after.LogRecords, after.SnapshotRecords));
    }

    [Fact]
    public void Constructor_ReadOnlyWithoutAFolderThatIsRead_IsRefused()
    {
        using LocalVectorStore memory = new();
        using LocalVectorStore writer = _folder.Open();
        using LocalVectorStore reader = Read();

        Assert.Contains("without a Path", Assert.Throws<ArgumentException>(() => new LocalVectorStore(new() { IsReadOnly = true })).Message, StringComparison.Ordinal);
        foreach (LocalVectorStore store in (LocalVectorStore[])[memory, writer])
        {
            Assert.Contains(
                "the store of SharedWith writes",
                Assert.Throws<ArgumentException>(() => new LocalVectorStore(new() { IsReadOnly = true, Path = _folder.Path, SharedWith = store })).Message,
                StringComparison.Ordinal);
        }

        new LocalVectorStore(new() { IsReadOnly = true, SharedWith = reader }).Dispose();
    }

    [Fact]
    public async Task RefreshAsync_TheWriterCompactsAgainAndAgain_HasAWholeGeneration()
    {
        const int Keys = 60;
        using LocalVectorStore writer = _folder.Open();
        var written = await NotesAsync(writer);
        await written.UpsertAsync(Enumerable.Range(0, Keys).Select(key => Note(key, 0)));
        using LocalVectorStore reader = Read();
        var read = reader.GetCollection<string, Note>("docs");
        Task writing = Task.Run(async () =>
        {
            for (int round = 1; round <= 60; round++)
            {
                await written.UpsertAsync(Enumerable.Range(0, Keys).Select(key => Note(key, round)));
                await written.CompactAsync();
            }
        });
        int before = 0;
        do
        {
            await reader.RefreshAsync();
            List<Note> all = await read.GetAsync(_ => true, 1000).ToListAsync();
            Assert.Equal(Keys, all.Count);
            Assert.InRange(Assert.Single(all.Select(note => note.Number).Distinct()), before, 60);
            before = all[0].Number;
        }
        while (!writing.IsCompleted);
        await writing;
        await reader.RefreshAsync();
        Assert.Equal(Keys, await read.GetAsync(note => note.Number == 60, 1000).CountAsync());
    }

    [Fact]
    public async Task RefreshAsync_ACollectionThatWasDeletedOrMade_IsGoneOrThere()
    {
        using LocalVectorStore writer = _folder.Open();
        var written = await NotesAsync(writer);
        await written.UpsertAsync(Note(1, 1));
        using LocalVectorStore reader = Read();
        var read = reader.GetCollection<string, Note>("docs");
        Assert.Equal("1", await read.GetAsync(_ => true, 10).IdsAsync());

        await written.EnsureCollectionDeletedAsync();
        await reader.RefreshAsync();
        Assert.False(await read.CollectionExistsAsync());
        await written.EnsureCollectionExistsAsync();
        await written.UpsertAsync(Note(7, 1));
        await reader.RefreshAsync();
        Assert.Equal("7", await read.GetAsync(_ => true, 10).IdsAsync());
    }

    [Fact]
    public async Task RefreshAsync_ACollectionThatWasMadeAgainByAnotherProcess_IsThatOne()
    {
        using (LocalVectorStore writer = _folder.Open())
        {
            await (await NotesAsync(writer)).UpsertAsync(Note(1, 1));
        }

        using LocalVectorStore reader = Read();
        var read = reader.GetCollection<string, Note>("docs");
        Assert.Equal("1", await read.GetAsync(_ => true, 10).IdsAsync());
        using (LocalVectorStore writer = _folder.Open())
        {
            await writer.EnsureCollectionDeletedAsync("docs");
        }

        // Numbers of files begin anew with each process.
        using LocalVectorStore another = _folder.Open();
        await (await NotesAsync(another)).UpsertAsync(Note(2, 1));
        await reader.RefreshAsync();
        Assert.Equal("2", await read.GetAsync(_ => true, 10).IdsAsync());
    }

    [Fact]
    public async Task Write_OfAnyKind_IsRefusedAndChangesNothing()
    {
        using (LocalVectorStore writer = _folder.Open())
        {
            await (await NotesAsync(writer)).UpsertAsync(Note(1, 1));
        }

        string[] files = [.. Directory.GetFiles(_folder.Path).Order()];
        using LocalVectorStore reader = Read();
        LocalVectorStoreCollection<string, Note> read = reader.GetCollection<string, Note>("docs");
        await read.EnsureCollectionExistsAsync();
        using MemoryStream lines = new();
        Assert.Equal(1, await read.ExportAsync(lines));
        foreach (Func<Task> write in (Func<Task>[])
            [
                () => read.UpsertAsync(Note(2, 1)),
                () => read.DeleteAsync("1"),
                () => read.EnsureCollectionDeletedAsync(),
                () => read.CompactAsync(),
                () => read.ImportAsync(new MemoryStream(lines.ToArray())),
                () => reader.GetCollection<string, Note>("others").ImportAsync(new MemoryStream(lines.ToArray())),
                () => ((ICollectionEncoders)read).RememberAsync(FakeEncoders.Info("a")).AsTask(),
                () => reader.RepairAsync("docs"),
                () => reader.GetCollection<string, Note>("others").EnsureCollectionExistsAsync(),
            ])
        {
            Assert.Contains("only reads its folder", (await Assert.ThrowsAsync<InvalidOperationException>(write)).Message, StringComparison.Ordinal);
        }

        Assert.Equal("1", await read.GetAsync(_ => true, 10).IdsAsync());
        Assert.Equal(files, Directory.GetFiles(_folder.Path).Order());
    }

    [Fact]
    public async Task Open_FolderThatIsNotThere_IsNamedAndNotMade()
    {
        string missing = Path.Combine(_folder.Path, "missing");
        using LocalVectorStore reader = new(new LocalVectorStoreOptions { Path = missing, IsReadOnly = true });
        DirectoryNotFoundException error = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => reader.GetCollection<string, Note>("docs").GetAsync("1"));
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(missing));
    }

    private LocalVectorStore Read() => _folder.Open(configure: options => options.IsReadOnly = true);

    private static async Task<LocalVectorStoreCollection<string, Note>> NotesAsync(LocalVectorStore store) =>
        (LocalVectorStoreCollection<string, Note>)await Stores.CollectionAsync<string, Note>(store);

    private static Note Note(int key, int number) => new() { Id = $"{key}", Text = $"number {number}", Number = number, Vector = new float[] { key, number, 1 } };
}
