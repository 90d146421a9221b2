using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Reads what a collection has of a source.</summary>
internal static class StoredPassages
{
    /// <summary>The passages of a source by ordinal, with their vectors.</summary>
    public static async Task<List<Passage>> OfAsync(VectorStoreCollection<string, Passage> collection, string source)
    {
        PassageCollection stored = PassageCollection.Of(collection);
        return await stored.LoadVectorsAsync(await stored.LoadAsync(source, 0, default), default);
    }
}
