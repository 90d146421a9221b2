using LocalRetrieval.VectorData;

namespace StoreWriter;

/// <summary>A collection whose records are all replaced again and again, and whose files and index follow.</summary>
public static class IndexedPoints
{
    public const int Count = 3000;

    public static LocalVectorStoreCollection<int, Point> Open(LocalVectorStore store) => store.GetCollection<int, Point>("points");

    /// <summary>Writes batches for ever.</summary>
    /// <param name="store">The store.</param>
    /// <param name="first">The number of the first batch.</param>
    /// <param name="tell">Told the number of each batch, and what was done with it.</param>
    public static async Task RunAsync(LocalVectorStore store, int first, Action<int, string> tell)
    {
        LocalVectorStoreCollection<int, Point> points = Open(store);
        await points.EnsureCollectionExistsAsync();
        for (int batch = first; ; batch++)
        {
            await points.UpsertAsync(Enumerable.Range(0, Count).Select(id => new Point { Id = id, Batch = batch, Vector = VectorOf(id, batch) }));
            tell(batch, "written");
            await points.CompactAsync();
            tell(batch, "compacted");
            await points.WhenIndexedAsync();
            tell(batch, "indexed");
        }
    }

    /// <summary>What the vector of a record is in a batch.</summary>
    public static float[] VectorOf(int id, int batch)
    {
        Random random = new((id * 31) + batch);
        return [.. Enumerable.Range(0, 8).Select(_ => random.NextSingle() - 0.5f)];
    }
}
