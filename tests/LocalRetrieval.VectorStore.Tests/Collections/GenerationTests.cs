using LocalRetrieval.VectorData.Tests.Indexing.Upkeep;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>Readers beside writers and deletes, over a million reads: what a reader sees is always a whole number of batches.</summary>
public sealed class GenerationTests
{
    private const int Writers = 2;
    private const int KeysOfWriter = 4;
    private const int Reads = 1_000_000;
    private const int NumbersOfWriter = 100;

    private static readonly int[][] Keys = [.. Enumerable.Range(0, Writers).Select(writer => Enumerable.Range(writer * KeysOfWriter, KeysOfWriter).ToArray())];

    private readonly int[] _acknowledged = new int[Writers];
    private long _reads;
    private long _sureReads;
    private long _finds;

    [Theory]
    [InlineData(IndexKind.Flat)]
    [InlineData(IndexKind.Hnsw)]
    public async Task Readers_BesideWritersAndDeletes_SeeAllOfABatchOrNone(string kind)
    {
        using LocalVectorStore store = new CopyIndexes().Store();
        VectorStoreCollectionDefinition definition = new() { Properties = [new VectorStoreVectorProperty(nameof(Entry.Vector), 2) { IndexKind = kind }] };
        var collection = (LocalVectorStoreCollection<int, Entry>)await Stores.CollectionAsync<int, Entry>(store, definition);

        await Concurrently.RunAsync(
            [stop => ReadAsync(collection, 0, stop), stop => ReadAsync(collection, 1, stop)],
            [.. Enumerable.Range(0, Writers).Select<int, Func<CancellationToken, Task>>(writer => stop => WriteAsync(collection, writer, stop))]);

        Assert.True(IsEnough);
    }

    /// <summary>
    /// Whether there were a million reads, half of them while no delete was under way and half of them of records, beside so many writes. Readers go on
    /// until then: how threads take turns is the machine's to say.
    /// </summary>
    private bool IsEnough =>
        Interlocked.Read(ref _reads) >= Reads && Interlocked.Read(ref _sureReads) >= Reads / 2 && Interlocked.Read(ref _finds) >= Reads / 2
        && Array.TrueForAll(_acknowledged, number => number >= NumbersOfWriter);

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

    private async Task ReadAsync(LocalVectorStoreCollection<int, Entry> collection, int reader, CancellationToken stop)
    {
        int reads = 0;
        while (!IsEnough && !stop.IsCancellationRequested)
        {
            int writer = (reader + reads) % Writers;
            int key = Keys[writer][reads % KeysOfWriter];
            await CheckAsync(writer, records: 1, async _ => await collection.GetAsync(key) is { } entry ? [entry] : []);
            reads++;
            if (reads % 128 == 0)
            {
                reads += await ReadWholeBatchesAsync(collection, writer);
            }
        }
    }

    /// <returns>How many reads it made.</returns>
    private async Task<int> ReadWholeBatchesAsync(LocalVectorStoreCollection<int, Entry> collection, int writer)
    {
        int[] keys = Keys[writer];
        Func<int, ValueTask<List<Entry>>>[] reads =
        [
            _ => collection.GetAsync(keys).ToListAsync(),
            _ => collection.GetAsync(entry => keys.Contains(entry.Id), 100).ToListAsync(),
            _ => collection.GetAsync(entry => entry.Writer == writer, 100).ToListAsync(),
            acknowledged => collection.SearchAsync(new float[] { 1, 1 }, 100, new() { Filter = entry => entry.Writer == writer && entry.Number >= acknowledged })
                .Select(result => result.Record).ToListAsync(),
        ];
        foreach (Func<int, ValueTask<List<Entry>>> read in reads)
        {
            await CheckAsync(writer, KeysOfWriter, read);
        }

        // Both searches of a batch are of one generation, or the numbers differ.
        float[][] queries = [[1, 1], [-1, 1]];
        await CheckAsync(writer, queries.Length * KeysOfWriter, async _ =>
            [.. (await collection.SearchBatchAsync(queries, 100, new() { Filter = entry => entry.Writer == writer })).SelectMany(found => found, (_, result) => result.Record)]);
        return reads.Length + 1;
    }

    /// <summary>Reads records of one writer, who at no time shows some of them only, or those of several batches.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="records">How many records the read finds unless they are deleted.</param>
    /// <param name="read">The read; it is given the number that was acknowledged before.</param>
    private async ValueTask CheckAsync(int writer, int records, Func<int, ValueTask<List<Entry>>> read)
    {
        int before = Volatile.Read(ref _acknowledged[writer]);
        List<Entry> found = await read(before);
        int after = Volatile.Read(ref _acknowledged[writer]);

        // Nothing is there before the first number, and may be while one below a multiple of ten is the last: then the writer deletes.
        bool isSure = before > 0 && before / 10 == (after + 1) / 10;
        Assert.True(found.Count == records || (found.Count == 0 && !isSure), $"Read {found.Count} records, not {records}, between {before} and {after}.");
        Assert.True(found.TrueForAll(entry => entry.Number == found[0].Number && entry.Writer == writer), "Read records of several batches.");
        Assert.True(found.Count == 0 || (found[0].Number >= before && found[0].Number <= after + 1), $"Read number {found.FirstOrDefault()?.Number} between {before} and {after}.");
        Interlocked.Increment(ref _reads);
        Interlocked.Add(ref _sureReads, isSure ? 1 : 0);
        Interlocked.Add(ref _finds, found.Count > 0 ? 1 : 0);
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
