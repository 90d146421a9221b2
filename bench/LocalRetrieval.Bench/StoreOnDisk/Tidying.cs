using LocalRetrieval.VectorData;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>What a store does by itself in the background when it has nothing else to do, asked for here.</summary>
internal static class Tidying
{
    /// <summary>Has a collection be on disk as it is to be when it is next opened.</summary>
    public static Task RunAsync(LocalVectorStore store) => BenchCollection.Of(store).CompactAsync();

    /// <summary>Ends when the log of a collection, which was read or written before, is not being rewritten.</summary>
    public static Task WhenIdleAsync(LocalVectorStore store) => store.FindTable(BenchCollection.Name)!.WhenCompactedAsync();
}
