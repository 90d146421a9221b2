using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A disk gets full, or cannot be written to: that is said, and what was acknowledged is there when there is room.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task UpsertAsync_DiskGetsFull_IsRefusedAndWhatWasAcknowledgedIsThere()
    {
        using SmallDisk disk = new(megabytes: 4);
        disk.Fill(left: 1_000_000);
        int acknowledged = 0;
        using (LocalVectorStore store = Open(disk))
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            var exception = await Assert.ThrowsAsync<IOException>(async () =>
            {
                for (; ; acknowledged++)
                {
                    await notes.UpsertAsync(Note(acknowledged, 100_000));
                }
            });
            Assert.Contains("docs.000001.log' takes no more writes, since one failed", exception.Message, StringComparison.Ordinal);
            Assert.InRange(acknowledged, 2, 20);
            Assert.Equal(acknowledged, await notes.GetAsync(_ => true, 100).CountAsync());
            disk.MakeRoom();
            await Assert.ThrowsAsync<IOException>(() => notes.UpsertAsync(Note(0, 1)));
            Assert.Null((await store.VerifyAsync("docs")).Damage);
        }

        // It can be read while the disk is full, and closing it loses nothing.
        disk.Fill(left: 0);
        using (LocalVectorStore full = Open(disk))
        {
            Assert.Equal(acknowledged, await full.GetCollection<string, Note>("docs").GetAsync(_ => true, 100).CountAsync());
        }

        disk.MakeRoom();
        using (LocalVectorStore roomy = Open(disk))
        {
            await roomy.GetCollection<string, Note>("docs").UpsertAsync(Note(1000, 100));
        }

        using LocalVectorStore again = Open(disk);
        Assert.Equal([.. Enumerable.Range(0, acknowledged), 1000], await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 100).Select(note => note.Number).ToListAsync());
        Assert.Empty(Directory.GetFiles(disk.Store, "*.torn"));
    }

    [SmallDiskFact]
    public async Task EnsureCollectionExistsAsync_DiskIsFull_LeavesNothing()
    {
        using SmallDisk disk = new(megabytes: 1);
        using LocalVectorStore store = Open(disk);
        await Stores.CollectionAsync<string, Note>(store);
        string[] before = Directory.GetFiles(disk.Store);
        disk.Fill(left: 0);

        await Assert.ThrowsAsync<IOException>(() => store.GetCollection<string, Note>("other").EnsureCollectionExistsAsync());

        Assert.False(await store.CollectionExistsAsync("other"));
        Assert.Equal(before.Order(), Directory.GetFiles(disk.Store).Order());
        disk.MakeRoom();
        await store.GetCollection<string, Note>("other").EnsureCollectionExistsAsync();
    }

    [SmallDiskFact]
    public async Task Log_NoRoomToRewriteIt_StaysAsItIsUntilThereIs()
    {
        const int Count = 100;
        using SmallDisk disk = new(megabytes: 4);
        Directory.CreateDirectory(disk.Store);
        using (LocalVectorStore store = new(new StoreCatalog(() => new StoreDisk(new DiskFolder(disk.Store), Durability.Process, NullLogger.Instance, held: null, leastRows: 20)), new(), embeddingGenerator: null, loggerFactory: null))
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await notes.UpsertAsync(Enumerable.Range(0, Count).Select(id => Note(id, 8000)));
            string[] logs = Directory.GetFiles(disk.Store, "*.log");
            disk.Fill(left: 500_000);

            // 100 records of 8 KB are to be written anew, and there is no room for them.
            await notes.UpsertAsync(Enumerable.Range(0, 30).Select(id => Note(id, 8000)));
            await store.FindTable("docs")!.WhenCompactedAsync();
            Assert.Equal(logs, Directory.GetFiles(disk.Store, "*.log"));
            Assert.Equal(Count + 30, (await store.GetStatisticsAsync("docs")).LogRecords);
            Assert.Equal(Count, await notes.GetAsync(_ => true, 1000).CountAsync());

            disk.MakeRoom();
            await notes.UpsertAsync(Enumerable.Range(0, 40).Select(id => Note(id, 8001)));
            await store.FindTable("docs")!.WhenCompactedAsync();
            Assert.NotEqual(logs, Directory.GetFiles(disk.Store, "*.log"));
            CollectionStatistics rewritten = await store.GetStatisticsAsync("docs");
            Assert.Equal((Count, 0), (rewritten.SnapshotRecords, rewritten.LogRecords));
        }

        using LocalVectorStore again = Open(disk);
        Assert.Equal(
            Enumerable.Range(0, Count).Select(id => (id, id < 40 ? 8001 : 8000)),
            await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 1000).Select(note => (note.Number, note.Text!.Length)).OrderBy(note => note.Number).ToListAsync());
    }

    [SmallDiskFact]
    public async Task BackupAsync_TargetGetsFull_TakesTheCopyBack()
    {
        using StoreFolder folder = new();
        using SmallDisk disk = new(megabytes: 1);
        using LocalVectorStore store = folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Enumerable.Range(0, 300).Select(id => Note(id, 5000)));

        await Assert.ThrowsAsync<IOException>(() => store.BackupAsync(disk.Store));

        Assert.False(Directory.Exists(disk.Store));
        Assert.Equal(300, await notes.GetAsync(_ => true, 1000).CountAsync());
    }

    [SmallDiskFact]
    public async Task Open_FolderThatCannotBeWrittenTo_SaysSo()
    {
        using SmallDisk disk = new(megabytes: 1);
        using (LocalVectorStore store = Open(disk))
        {
            await (await Stores.CollectionAsync<string, Note>(store)).UpsertAsync(Note(1, 10));
        }

        disk.Remount(isReadOnly: true);
        using LocalVectorStore reading = Open(disk);
        var exception = await Assert.ThrowsAsync<IOException>(() => reading.GetCollection<string, Note>("docs").GetAsync("1"));
        Assert.StartsWith($"The folder '{disk.Store}' cannot be written to: ", exception.Message, StringComparison.Ordinal);

        using LocalVectorStore absent = new(new LocalVectorStoreOptions { Path = Path.Combine(disk.Path, "absent") });
        exception = await Assert.ThrowsAsync<IOException>(() => absent.CollectionExistsAsync("docs"));
        Assert.Contains(Path.Combine(disk.Path, "absent"), exception.Message, StringComparison.Ordinal);

        disk.Remount(isReadOnly: false);
        Assert.NotNull(await reading.GetCollection<string, Note>("docs").GetAsync("1"));
    }

    private static LocalVectorStore Open(SmallDisk disk) => new(new LocalVectorStoreOptions { Path = disk.Store });

    private static Note Note(int id, int length) => new() { Id = $"{id}", Number = id, Text = new string('x', length), Vector = new float[] { id, 0, 1 } };
}
