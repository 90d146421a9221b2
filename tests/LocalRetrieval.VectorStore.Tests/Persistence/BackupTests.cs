using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A backup is a store, of what was acknowledged before; half of one is none.</summary>
public sealed class BackupTests : IDisposable
{
    private const int Count = 50;

    private readonly StoreFolder _folder = new();
    private readonly StoreFolder _copies = new();

    private string Copy => Path.Combine(_copies.Path, "of", "today");

    public void Dispose()
    {
        _folder.Dispose();
        _copies.Dispose();
    }

    [Fact]
    public async Task BackupAsync_SeveralCollections_AreThereInTheCopy()
    {
        string[] names = ["docs", "Docs/ü", new string('x', 300), "empty"];
        using LocalVectorStore store = _folder.Open();
        foreach (string name in names[..3])
        {
            VectorStoreCollection<string, Note> notes = await NotesAsync(store, name);
            await notes.UpsertAsync([Note(1, 1), Note(2, 2)]);
            await notes.DeleteAsync("2");
            await ((ICollectionEncoders)notes).RememberAsync(FakeEncoders.Info("a"));
        }

        await NotesAsync(store, "empty");
        await store.BackupAsync(Copy);
        await store.GetCollection<string, Note>("docs").UpsertAsync(Note(3, 3));

        using LocalVectorStore copy = new(new LocalVectorStoreOptions { Path = Copy });
        Assert.Equal(names.Order(StringComparer.Ordinal), await copy.ListCollectionNamesAsync().ToListAsync());
        foreach (string name in names[..3])
        {
            VectorStoreCollection<string, Note> notes = copy.GetCollection<string, Note>(name);
            Note only = Assert.Single(await notes.GetAsync(_ => true, 10, new() { IncludeVectors = true }).ToListAsync());
            Assert.Equal(("1", "text 1", "1,1,1"), (only.Id, only.Text, string.Join(',', only.Vector!.Value.ToArray())));
            Assert.True(await ((ICollectionEncoders)notes).CheckAsync(FakeEncoders.Info("a")));
            Assert.Equal(name == "docs" ? 4 : 3, (await store.GetStatisticsAsync(name)).Generation);
            Assert.Equal(3, (await copy.GetStatisticsAsync(name)).Generation);
        }

        Assert.False(File.Exists(Path.Combine(Copy, "backup.unfinished")));
        await copy.GetCollection<string, Note>("empty").UpsertAsync(Note(9, 9));
    }

    [Fact]
    public async Task BackupAsync_CollectionsThatWereNotRead_AreCopiedUnread()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await (await NotesAsync(store, "docs")).UpsertAsync(Note(1, 1));
        }

        // A tail that was on its way is none of the copy.
        byte[] log = File.ReadAllBytes(_folder.Log);
        File.WriteAllBytes(_folder.Log, [.. log, .. log[^9..]]);
        using LocalVectorStore unread = _folder.Open();
        await unread.BackupAsync(Copy);

        Assert.False((await unread.GetStatisticsAsync("docs")).IsLoaded);
        using LocalVectorStore copy = new(new LocalVectorStoreOptions { Path = Copy });
        CollectionVerification found = await copy.VerifyAsync("docs");
        Assert.Equal((null, 1, 0), (found.Damage, found.Rows, found.Files[^1].TornBytes));
        Assert.Equal("1", await copy.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).IdsAsync());
    }

    [Fact]
    public async Task BackupAsync_WhileOthersWriteAndTheLogIsRewritten_HasWholeBatches()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = (LocalVectorStoreCollection<string, Note>)await NotesAsync(store, "docs");
        int acknowledged = 0;
        int rewritten = 0;
        await notes.UpsertAsync(Enumerable.Range(0, Count).Select(id => Note(id, 0)));
        await Concurrently.RunAsync(
            [
                async cancelled =>
                {
                    for (int i = 0; (i < 12 || Volatile.Read(ref rewritten) < 3) && !cancelled.IsCancellationRequested; i++)
                    {
                        int before = Volatile.Read(ref acknowledged);
                        await store.BackupAsync(Path.Combine(_copies.Path, $"{i}"), CancellationToken.None);
                        Assert.InRange(await ReadAsync(Path.Combine(_copies.Path, $"{i}")), before, int.MaxValue);
                    }
                },
            ],
            async cancelled =>
            {
                for (int round = 1; !cancelled.IsCancellationRequested; round++)
                {
                    await notes.UpsertAsync(Enumerable.Range(0, Count).Select(id => Note(id, round)), CancellationToken.None);
                    Volatile.Write(ref acknowledged, round);
                    if (round % 3 == 1)
                    {
                        await notes.CompactAsync(CancellationToken.None);
                        Interlocked.Increment(ref rewritten);
                    }
                }
            });
        Assert.NotEmpty(Directory.GetFiles(_folder.Path, "*.rows"));
    }

    [Fact]
    public async Task BackupAsync_FolderThatIsNotEmpty_IsLeftAsItIs()
    {
        using LocalVectorStore store = _folder.Open();
        await NotesAsync(store, "docs");
        Directory.CreateDirectory(Path.Combine(Copy, "folder"));
        Assert.Contains("is not empty. A backup goes to", (await Assert.ThrowsAsync<IOException>(() => store.BackupAsync(Copy))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Copy));
        Assert.Contains("is not empty", (await Assert.ThrowsAsync<IOException>(() => store.BackupAsync(_folder.Path))).Message, StringComparison.Ordinal);
        using LocalVectorStore unopened = new(new LocalVectorStoreOptions { Path = Path.Combine(_copies.Path, "new") });
        await Assert.ThrowsAsync<IOException>(() => unopened.BackupAsync(Path.Combine(_copies.Path, "new")));

        // One that is empty will do.
        Directory.Delete(Path.Combine(Copy, "folder"));
        await store.BackupAsync(Copy);
        await Assert.ThrowsAsync<IOException>(() => store.BackupAsync(Copy));
    }

    [Fact]
    public async Task BackupAsync_ACollectionIsDamaged_LeavesNothingOfTheCopy()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await (await NotesAsync(store, "a")).UpsertAsync([Note(1, 1)]);
            await (await NotesAsync(store, "docs")).UpsertAsync([Note(1, 1)]);
        }

        string log = Path.Combine(_folder.Path, "docs.000001.log");
        byte[] bytes = File.ReadAllBytes(log);
        bytes[bytes.AsSpan().IndexOf("text 1"u8)] ^= 1;
        File.WriteAllBytes(log, bytes);
        using LocalVectorStore damaged = _folder.Open();
        Directory.CreateDirectory(Copy);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => damaged.BackupAsync(Copy));

        Assert.Contains($"'{log}' is damaged at byte", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Copy));
        await Assert.ThrowsAsync<InvalidDataException>(() => damaged.BackupAsync(Copy + "2"));
        Assert.False(Directory.Exists(Copy + "2"));
    }

    [Fact]
    public async Task BackupAsync_WhatCannotBeCopied_Throws()
    {
        using LocalVectorStore memory = new();
        await Assert.ThrowsAsync<InvalidOperationException>(() => memory.BackupAsync(Copy));
        using LocalVectorStore store = _folder.Open();
        await NotesAsync(store, "docs");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.BackupAsync(Copy, new CancellationToken(canceled: true)));
        Assert.False(Directory.Exists(Copy));
    }

    [Fact]
    public async Task Open_HalfABackup_IsRefused()
    {
        using LocalVectorStore store = _folder.Open();
        await NotesAsync(store, "docs");
        await store.BackupAsync(Copy);
        File.WriteAllText(Path.Combine(Copy, "backup.unfinished"), "");

        using LocalVectorStore copy = new(new LocalVectorStoreOptions { Path = Copy });
        Assert.Contains("'backup.unfinished'", (await Assert.ThrowsAsync<InvalidDataException>(() => copy.CollectionExistsAsync("docs"))).Message, StringComparison.Ordinal);
        Assert.Contains("was interrupted", (await Assert.ThrowsAsync<IOException>(() => store.BackupAsync(Copy))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CancelledOrFailedAtAnyOperation_TakesAllBack()
    {
        using LocalVectorStore store = await FilledAsync();
        PowerLossFolder cancelled = new();
        Assert.Throws<OperationCanceledException>(() => new StoreBackup(store.Catalog, cancelled).Run(new CancellationToken(canceled: true)));
        Assert.Empty(cancelled.List());

        // While the second collection is copied.
        using CancellationTokenSource cancellation = new();
        CancellingFolder second = new("b.000001.log", cancellation);
        Assert.Throws<OperationCanceledException>(() => new StoreBackup(store.Catalog, second).Run(cancellation.Token));
        Assert.Contains("a.current", second.Made);
        Assert.Empty(second.List());

        bool isDone = false;
        for (int operation = 0; !isDone; operation++)
        {
            PowerLossFolder target = new(operation, failsOnce: true);
            isDone = TryRun(store.Catalog, target);
            Assert.Equal(isDone, target.Restart(new Random(operation)).List().Count > 0);
            Assert.InRange(operation, 0, 200);
        }
    }

    [Fact]
    public async Task Run_PowerIsLostAtAnyOperation_LeavesAStoreOrNone()
    {
        using LocalVectorStore store = await FilledAsync();
        bool isDone = false;
        int whole = 0;
        for (int operation = 0; !isDone; operation++)
        {
            PowerLossFolder target = new(operation);
            isDone = TryRun(store.Catalog, target);
            for (int seed = 0; seed < 20; seed++)
            {
                PowerLossFolder restarted = target.Restart(new Random(seed));
                bool isStore = restarted.List().Count > 0 && !restarted.List().Contains("backup.unfinished");
                Assert.True(isStore || !isDone, $"Operation {operation}, seed {seed}: the copy is not there.");
                if (isStore)
                {
                    whole++;
                    await CheckAsync(restarted);
                }
                else if (restarted.List().Count > 0)
                {
                    using LocalVectorStore half = Open(restarted);
                    await Assert.ThrowsAsync<InvalidDataException>(() => half.CollectionExistsAsync("a"));
                }
            }

            Assert.InRange(operation, 0, 200);
        }

        // The last operation alone adds 20.
        Assert.InRange(whole, 21, int.MaxValue);
    }

    private static bool TryRun(StoreCatalog catalog, PowerLossFolder target)
    {
        try
        {
            new StoreBackup(catalog, target).Run(default);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static LocalVectorStore Open(PowerLossFolder folder) =>
        new(new StoreCatalog(() => new StoreDisk(folder, Durability.Disk, NullLogger.Instance)), new LocalVectorStoreOptions(), embeddingGenerator: null, loggerFactory: null);

    /// <summary>A store with two collections of two notes.</summary>
    private static async Task<LocalVectorStore> FilledAsync()
    {
        LocalVectorStore store = Open(new PowerLossFolder());
        foreach (string name in (string[])["a", "b"])
        {
            await (await NotesAsync(store, name)).UpsertAsync([Note(1, 1), Note(2, 1)]);
        }

        return store;
    }

    private static async Task CheckAsync(PowerLossFolder folder)
    {
        using LocalVectorStore store = Open(folder);
        Assert.Equal(["a", "b"], await store.ListCollectionNamesAsync().ToListAsync());
        foreach (string name in (string[])["a", "b"])
        {
            Assert.Equal("12", await store.GetCollection<string, Note>(name).GetAsync(_ => true, 10).IdsAsync());
        }
    }

    private static async Task<int> ReadAsync(string path)
    {
        using LocalVectorStore copy = new(new LocalVectorStoreOptions { Path = path });
        List<Note> all = await copy.GetCollection<string, Note>("docs").GetAsync(_ => true, 1000).ToListAsync();
        Assert.Equal(Count, all.Count);
        Assert.Empty(Directory.GetFiles(path, "*.torn"));
        return Assert.Single(all.Select(note => note.Number).Distinct());
    }

    private static async Task<VectorStoreCollection<string, Note>> NotesAsync(LocalVectorStore store, string name)
    {
        VectorStoreCollection<string, Note> notes = store.GetCollection<string, Note>(name);
        await notes.EnsureCollectionExistsAsync();
        return notes;
    }

    private static Note Note(int id, int round) => new() { Id = $"{id}", Text = $"text {round}", Number = round, Vector = new float[] { id, round, 1 } };

    /// <summary>Cancels when a file is made.</summary>
    private sealed class CancellingFolder(string file, CancellationTokenSource cancellation) : IStoreFolder
    {
        private readonly PowerLossFolder _folder = new();

        public List<string> Made { get; } = [];

        public string Path => _folder.Path;

        public IReadOnlyList<string> List() => _folder.List();

        public IStoreFile Create(string name)
        {
            if (name == file)
            {
                cancellation.Cancel();
            }

            return _folder.Create(name);
        }

        public IStoreFile Open(string name, bool isWritten) => _folder.Open(name, isWritten);

        public MappedBytes Map(string name) => _folder.Map(name);

        public void Rename(string name, string newName)
        {
            Made.Add(newName);
            _folder.Rename(name, newName);
        }

        public void Delete(string name) => _folder.Delete(name);

        public void Sync() => _folder.Sync();
    }
}
