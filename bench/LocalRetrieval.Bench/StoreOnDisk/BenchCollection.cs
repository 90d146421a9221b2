using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.VectorData;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Persistence;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>The collection that all parts write, open and search.</summary>
internal static class BenchCollection
{
    public const string Name = "records";
    public const int Top = 10;

    public static LocalVectorStore Open(string path, Durability durability) => new(new LocalVectorStoreOptions { Path = path, Durability = durability });

    /// <summary>A store that never tidies up, so that what it wrote stays in the log.</summary>
    public static LocalVectorStore OpenUntidied(string path) => new(
        new StoreCatalog(() => new StoreDisk(new DiskFolder(path), Durability.Process, NullLogger.Instance, StoreLock.Take(path), leastRows: int.MaxValue)),
        new LocalVectorStoreOptions(), embeddingGenerator: null, loggerFactory: null);

    public static LocalVectorStoreCollection<int, BenchRecord> Of(LocalVectorStore store) => store.GetCollection<int, BenchRecord>(Name);

    /// <summary>Writes records to a fresh store.</summary>
    /// <param name="parent">Where its folder is made.</param>
    /// <param name="durability">What a write survives; null for a store in memory alone.</param>
    /// <param name="records">The records.</param>
    /// <param name="recordsACall">How many are written a call.</param>
    /// <returns>How many a second were acknowledged.</returns>
    public static async Task<double> MeasureUpsertsAsync(string? parent, Durability? durability, BenchRecord[] records, int recordsACall)
    {
        using BenchFolder folder = new(parent);
        using LocalVectorStore store = durability is { } wanted ? Open(folder.Path, wanted) : new LocalVectorStore();
        LocalVectorStoreCollection<int, BenchRecord> collection = Of(store);
        await collection.EnsureCollectionExistsAsync();
        GC.Collect();
        return records.Length / await Interleaved.SecondsAsync(() => UpsertAsync(collection, records, recordsACall));
    }

    public static async Task UpsertAsync(LocalVectorStoreCollection<int, BenchRecord> collection, BenchRecord[] records, int recordsACall)
    {
        for (int start = 0; start < records.Length; start += recordsACall)
        {
            await (recordsACall == 1
                ? collection.UpsertAsync(records[start])
                : collection.UpsertAsync(new ArraySegment<BenchRecord>(records, start, Math.Min(recordsACall, records.Length - start))));
        }
    }

    /// <summary>Searches for the nearest records.</summary>
    /// <returns>How many were found.</returns>
    public static ValueTask<int> SearchAsync(LocalVectorStoreCollection<int, BenchRecord> collection, int query) => collection.SearchAsync(StoreRecords.Query(query), Top).CountAsync();
}
