using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A log is rewritten without what is no longer there, while others write, and loses nothing.</summary>
public sealed class CompactionTests : IDisposable
{
    private const int Keys = 500;

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Log_OneKeyOverAndOver_StaysSmall()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        for (int round = 0; round < 60; round++)
        {
            await notes.UpsertAsync(Enumerable.Range(0, Keys).Select(key => Note(key, round)));
        }

        // What was written while the files were rewritten is looked at with the next batch.
        await store.FindTable("docs")!.WhenCompactedAsync();
        await notes.UpsertAsync(Note(0, 59));
        await store.FindTable("docs")!.WhenCompactedAsync();
        long bytes = Directory.GetFiles(_folder.Path).Sum(file => new FileInfo(file).Length);
        Assert.InRange(bytes, 1, 20 * 50 * Keys);
        await CheckAsync(store, 59);
        store.Dispose();
        using LocalVectorStore again = _folder.Open();
        await CheckAsync(again, 59);
        Assert.Single(Directory.GetFiles(_folder.Path, "*.log"));
    }

    [Fact]
    public async Task Log_WrittenToWhileItIsRewritten_HasAll()
    {
        using (LocalVectorStore store = _folder.Open(Durability.Disk))
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                for (int round = 0; round < 40; round++)
                {
                    await notes.UpsertAsync(Enumerable.Range(0, Keys).Where(key => key % 4 == writer).Select(key => Note(key, round)));
                    await notes.DeleteAsync($"{writer}");
                    await notes.UpsertAsync(Note(writer, round));
                }
            })));
        }

        using LocalVectorStore again = _folder.Open();
        await CheckAsync(again, 39);
    }

    [Fact]
    public async Task Log_OfTextsThatWereEmbeddedToSparseVectors_KeepsTheVectors()
    {
        using FakeSparseGenerator generator = new();
        using (LocalVectorStore store = _folder.Open(configure: options => options.EmbeddingGenerator = generator))
        {
            var notes = await Stores.CollectionAsync<int, SparseTextNote>(store);
            for (int round = 0; round < 12; round++)
            {
                await notes.UpsertAsync(Enumerable.Range(0, Keys).Select(key => new SparseTextNote { Id = key, Text = $"word{key % 7} round{round % 2}" }));
            }

            await store.FindTable("docs")!.WhenCompactedAsync();
        }

        using LocalVectorStore again = _folder.Open(configure: options => options.EmbeddingGenerator = generator);
        var read = again.GetCollection<int, SparseTextNote>("docs");
        Assert.Equal(Keys, await read.GetAsync(_ => true, Keys * 2).CountAsync());
        Assert.NotEmpty(await read.SearchAsync("word3 round1", 5).ToListAsync());
    }

    [Fact]
    public async Task Log_DamagedWhileItIsOpen_IsNotReplacedByLess()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Enumerable.Range(0, Keys).Select(key => Note(key, 0)));
        string log = Directory.GetFiles(_folder.Path, "*.log").Single();
        using (FileStream file = new(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 2000;
            file.WriteByte(0xEE);
        }

        for (int round = 1; round < 20; round++)
        {
            await notes.UpsertAsync(Enumerable.Range(0, Keys).Select(key => Note(key, round)));
        }

        await store.FindTable("docs")!.WhenCompactedAsync();
        Assert.True(File.Exists(log));
        Assert.True(new FileInfo(log).Length > 15 * Keys * 30);
        await CheckAsync(store, 19);
    }

    [Fact]
    public async Task Log_BatchWithEachKeyTwice_IsRewrittenOnce()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Enumerable.Range(0, 10_000).Select(row => Note(row % 5000, row / 5000)));
        await store.FindTable("docs")!.WhenCompactedAsync();
        string[] logs = Directory.GetFiles(_folder.Path, "*.log");
        await notes.UpsertAsync(Note(1, 1));
        await store.FindTable("docs")!.WhenCompactedAsync();

        Assert.Equal(logs, Directory.GetFiles(_folder.Path, "*.log"));
        store.Dispose();
        using LocalVectorStore again = _folder.Open();
        List<Note> all = await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 20_000).ToListAsync();
        Assert.Equal(5000, all.Count);
        Assert.All(all, note => Assert.Equal(1, note.Number));
    }

    [Fact]
    public async Task Log_OfFewLargeRecords_IsRewrittenByItsBytes()
    {
        using LocalVectorStore store = new(
            new StoreCatalog(() => new StoreDisk(new DiskFolder(_folder.Path), Durability.Process, NullLogger.Instance, StoreLock.Take(_folder.Path), leastBytes: 10_000)),
            new(),
            embeddingGenerator: null,
            loggerFactory: null);
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Note(1, 1));
        Assert.True(store.FindTable("docs")!.WhenCompactedAsync().IsCompleted);

        await notes.UpsertAsync(new Note { Id = "2", Text = new string('x', 100_000) });
        await store.FindTable("docs")!.WhenCompactedAsync();

        CollectionStatistics rewritten = await store.GetStatisticsAsync("docs");
        Assert.Equal((2, 0), (rewritten.SnapshotRecords, rewritten.LogRecords));
    }

    private static Note Note(int key, int round) => new() { Id = $"{key}", Text = $"text {round}", Number = round, Vector = new float[] { key, round, 1 } };

    private static async Task CheckAsync(LocalVectorStore store, int round)
    {
        VectorStoreCollection<string, Note> notes = store.GetCollection<string, Note>("docs");
        List<Note> all = await notes.GetAsync(_ => true, Keys * 2, new() { IncludeVectors = true }).ToListAsync();
        Assert.Equal(Keys, all.Count);
        Assert.All(all, note => Assert.Equal(($"text {round}", round, (float)round), (note.Text, note.Number, note.Vector!.Value.Span[1])));
    }
}
