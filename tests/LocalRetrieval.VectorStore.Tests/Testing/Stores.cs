using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

internal static class Stores
{
    public static LocalVectorStore With(IEmbeddingGenerator? generator) => new(new LocalVectorStoreOptions { EmbeddingGenerator = generator });

    /// <summary>Makes a collection that exists, in a store of its own unless one is given.</summary>
    public static async Task<VectorStoreCollection<TKey, TRecord>> CollectionAsync<TKey, TRecord>(
        LocalVectorStore? store = null, VectorStoreCollectionDefinition? definition = null)
        where TKey : notnull
        where TRecord : class
    {
        var collection = (store ?? new LocalVectorStore()).GetCollection<TKey, TRecord>("docs", definition);
        await collection.EnsureCollectionExistsAsync();
        return collection;
    }

    /// <summary>A definition of all data properties of a class that has no index, for a naive twin.</summary>
    public static VectorStoreCollectionDefinition WithoutIndexes<TRecord>() => new()
    {
        Properties =
        [
            .. typeof(TRecord).GetProperties()
                .Where(property => property.IsDefined(typeof(VectorStoreDataAttribute), inherit: false))
                .Select(property => new VectorStoreDataProperty(property.Name)),
        ],
    };

    /// <summary>Makes a collection of notes a, b, c with numbers 1, 2, 3 and the unit vectors.</summary>
    public static async Task<VectorStoreCollection<string, Note>> NotesAsync()
    {
        var collection = await CollectionAsync<string, Note>();
        await collection.UpsertAsync(
        [
            new Note { Id = "a", Text = "first", Number = 1, Vector = new float[] { 1, 0, 0 } },
            new Note { Id = "b", Text = "second", Number = 2, Vector = new float[] { 0, 1, 0 } },
            new Note { Id = "c", Text = "third", Number = 3, Vector = new float[] { 0, 0, 1 } },
        ]);
        return collection;
    }

    public static async Task<string> IdsAsync(this IAsyncEnumerable<Note> notes) => string.Concat(await notes.Select(note => note.Id).ToListAsync());

    public static Task<string> IdsAsync(this IAsyncEnumerable<VectorSearchResult<Note>> results) => results.Select(result => result.Record).IdsAsync();
}
