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
    public async Task Write_OfAnyKind_IsRefusedAndChangesNothing()
    {
        using (LocalVectorStore writer = _folder.Open())
        {
            await (await NotesAsync(writer)).UpsertAsync(Note(1, 1));
        }

        string[] files = [.. Directory.GetFiles(_folder.Path).Order()];
        using LocalVectorStore reader = Read();
        var read = (LocalVectorStoreCollection<string, Note>)reader.GetCollection<string, Note>("docs");
        await read.EnsureCollectionExistsAsync();
        foreach (Func<Task> write in (Func<Task>[])
            [
                () => read.UpsertAsync(Note(2, 1)),
                () => read.DeleteAsync("1"),
                () => read.EnsureCollectionDeletedAsync(),
                () => reader.RepairAsync("docs"),
                () => reader.GetCollection<string, Note>("others").EnsureCollectionExistsAsync(),
            ])
        {
            Assert.Contains("only reads its folder", (await Assert.ThrowsAsync<InvalidOperationException>(write)).Message, StringComparison.Ordinal);
        }

        await read.CompactAsync();
        Assert.Equal("1", await read.GetAsync(_ => true, 10).IdsAsync());
        Assert.Equal(files, Directory.GetFiles(_folder.Path).Order());
    }

    [Fact]
    public async Task Open_DamagedLog_ReadsWhatStandsBefore()
    {
        using (LocalVectorStore writer = _folder.Open(Durability.Disk))
        {
            var written = await NotesAsync(writer);
            foreach (int key in Enumerable.Range(1, 5))
            {
                await written.UpsertAsync(Note(key, 1));
            }
        }

        byte[] bytes = File.ReadAllBytes(_folder.Log);
        bytes[^150] ^= 1;
        File.WriteAllBytes(_folder.Log, bytes);
        using LocalVectorStore reader = Read();
        string ids = await reader.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).IdsAsync();
        Assert.StartsWith(ids, "12345", StringComparison.Ordinal);
        Assert.InRange(ids.Length, 1, 4);
        Assert.Equal(bytes, File.ReadAllBytes(_folder.Log));
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
