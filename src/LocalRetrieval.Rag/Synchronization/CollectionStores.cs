using System.Runtime.CompilerServices;
using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Which store a collection is of, which a collection itself need not say.</summary>
internal static class CollectionStores
{
    private static readonly ConditionalWeakTable<object, VectorStore> Stores = [];

    /// <summary>Notes where a collection came from.</summary>
    public static void Remember(object collection, VectorStore store) => Stores.AddOrUpdate(collection, store);

    /// <summary>The store of a collection.</summary>
    /// <exception cref="InvalidOperationException">It is not known; the message says how to make it known.</exception>
    public static VectorStore Of<TKey>(VectorStoreCollection<TKey, Passage> collection, SyncOptions options)
        where TKey : notnull =>
        options.Store
            ?? (Stores.TryGetValue(collection, out VectorStore? store) ? store : null)
            ?? collection.GetService(typeof(VectorStore)) as VectorStore
            ?? throw new InvalidOperationException(
                $"Where the manifest of '{collection.Name}' belongs is not known, since {TypeNames.Of(collection.GetType())} does not say which store it is of. "
                    + $"Get the collection by {nameof(PassageIndexer)}.{nameof(PassageIndexer.GetCollectionAsync)}, or set {nameof(SyncOptions)}.{nameof(SyncOptions.Store)}.");
}
