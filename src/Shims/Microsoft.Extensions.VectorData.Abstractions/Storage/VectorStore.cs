using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Extensions.VectorData;

/// <summary>Holds collections of records that can be searched by vector.</summary>
/// <remarks>Unless a store says otherwise, its members are safe for concurrent use.</remarks>
public abstract class VectorStore : IDisposable
{
    /// <summary>Gives access to a collection, whether or not it exists.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="name">The collection's name.</param>
    /// <param name="definition">Describes the records; null to read the attributes of <typeparamref name="TRecord"/>.</param>
    /// <returns>The collection.</returns>
    [RequiresDynamicCode("Maps records by reflection. GetDynamicCollection maps dictionaries and needs none.")]
    [RequiresUnreferencedCode("Maps records by reflection. GetDynamicCollection maps dictionaries and needs none.")]
    public abstract VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
        where TKey : notnull
        where TRecord : class;

    /// <summary>Gives access to a collection whose records are dictionaries, whether or not it exists.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="definition">Describes the records.</param>
    /// <returns>The collection.</returns>
    public abstract VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition);

    /// <summary>Lists the collections that exist.</summary>
    /// <param name="cancellationToken">Ends the listing early.</param>
    /// <returns>The names.</returns>
    public abstract IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells whether a collection exists.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>Whether it exists.</returns>
    public abstract Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes a collection if it exists.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>A task that ends when there is no such collection.</returns>
    public abstract Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Finds a service of type <paramref name="serviceType"/>: the store itself, its <see cref="VectorStoreMetadata"/>, or a part of it.</summary>
    /// <param name="serviceType">The type asked for.</param>
    /// <param name="serviceKey">A key that tells services of one type apart, or null.</param>
    /// <returns>The service, or null where there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is null.</exception>
    public abstract object? GetService(Type serviceType, object? serviceKey = null);

    /// <summary>Releases what the store holds.</summary>
    /// <param name="disposing">True from <see cref="Dispose()"/>, false from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}
