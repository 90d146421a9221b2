using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>A store of <see cref="StrictCollection{TKey, TRecord}"/>s, which offers nothing else.</summary>
internal sealed class StrictStore : VectorStore
{
    private readonly Dictionary<string, object> _collections = [];

    /// <summary>Whether it keeps lists of texts.</summary>
    public bool HasLists { get; init; }

    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        StrictCollection<TKey, TRecord> collection = new(name, definition ?? throw new NotSupportedException("A definition is needed."), HasLists);
        if (_collections.TryGetValue(name, out object? existing))
        {
            collection = (StrictCollection<TKey, TRecord>)existing;
        }

        _collections[name] = collection;
        return collection;
    }

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        throw new NotSupportedException();

    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;
}
