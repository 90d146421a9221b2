using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>Readers beside writers and deletes, over a million reads: what a reader sees is always a whole number of batches.</summary>
public sealed class GenerationTests
{
    private const int Writers = 2;
    private const int KeysOfWriter = 4;
    private const int ReadsOfReader = 500_000;

    private static readonly int[][] Keys = [.. Enumerable.Range(0, Writers).Select(writer => Enumerable.Range(writer * KeysOfWriter, KeysOfWriter).ToArray())];

    private readonly int[] _acknowledged = new int[Writers];
    private long _reads;

    [Fact]
    public async Task Readers_BesideWritersAndDeletes_SeeAllOfABatchOrNone()
    {
        var collection = await Stores.CollectionAsync<int, Entry>();
        using CancellationTokenSource stop = new();
        Task writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => OnThread(() => WriteAsync(collection, writer, stop.Token))));

        await Task.WhenAll(OnThread(() => ReadAsync(collection, 0)), OnThread(() => ReadAsync(collection, 1)));
        await stop.CancelAsync();
        await writing;

        Assert.InRange(_reads, 1_000_000, long.MaxValue);
        Assert.All(_acknowledged, number => Assert.InRange(number, 100, int.MaxValue));
    }

    // Nothing here waits, so that the pool's threads might never come to some of it.
    private static Task OnThread(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>Writes all of a writer's keys with one number, higher each time; each tenth time deletes them.</summary>
    private async Task WriteAsync(VectorStoreCollection<int, Entry> collection, int writer, CancellationToken stop)
    {
        for (int number = 1; !stop.IsCancellationRequested; number++)
        {
            if (number % 10 == 0)
            {
                await collection.DeleteAsync(Keys[writer], CancellationToken.None);
            }

            await collection.UpsertAsync(
                Keys[writer].Select(key => new Entry { Id = key, Writer = writer, Number = number, Vector = [number, 1] }), CancellationToken.None);
            Volatile.Write(ref _acknowledged[writer], number);
        }
    }

    private async Task ReadAsync(VectorStoreCollection<int, Entry> collection, int reader)
    {
        int reads = 0;
        while (reads < ReadsOfReader)
        {
            int writer = (reader + reads) % Writers;
            int acknowledged = Volatile.Read(ref _acknowledged[writer]);
            Entry? entry = await collection.GetAsync(Keys[writer][reads % KeysOfWriter]);
            Assert.True(entry is null || entry.Number >= acknowledged, $"Read {entry?.Number} after {acknowledged} was acknowledged.");
            if (reads % 64 == 0)
            {
                await ReadWholeBatchesAsync(collection, writer);
                reads += 3;
            }

            reads++;
        }

        Interlocked.Add(ref _reads, reads);
    }

    private async Task ReadWholeBatchesAsync(VectorStoreCollection<int, Entry> collection, int writer)
    {
        int acknowledged = Volatile.Read(ref _acknowledged[writer]);
        AssertWhole(await collection.GetAsync(Keys[writer]).ToListAsync(), acknowledged);
        AssertWhole(await collection.GetAsync(entry => entry.Writer == writer, 100).ToListAsync(), acknowledged);
        AssertWhole(
            await collection.SearchAsync(new float[] { 1, 1 }, 100, new() { Filter = entry => entry.Writer == writer && entry.Number >= acknowledged }).Select(result => result.Record).ToListAsync(),
            acknowledged);
    }

    private static void AssertWhole(List<Entry> entries, int acknowledged)
    {
        Assert.True(entries.Count is 0 or KeysOfWriter, $"Read {entries.Count} records of a batch of {KeysOfWriter}.");
        Assert.True(entries.Select(entry => entry.Number).Distinct().Count() <= 1, "Read records of several batches.");
        Assert.All(entries, entry => Assert.InRange(entry.Number, acknowledged, int.MaxValue));
    }

    private sealed class Entry
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public int Writer { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public int Number { get; set; }

        [VectorStoreVector(2)]
        public float[]? Vector { get; set; }
    }
}
