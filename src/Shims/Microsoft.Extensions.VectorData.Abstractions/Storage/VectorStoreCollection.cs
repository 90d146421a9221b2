using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Microsoft.Extensions.VectorData;

/// <summary>A collection of records that can be searched by vector.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Unless a store says otherwise, its members are safe for concurrent use.</remarks>
public abstract class VectorStoreCollection<TKey, TRecord> : IVectorSearchable<TRecord>, IDisposable
    where TKey : notnull
    where TRecord : class
{
    /// <summary>The collection's name.</summary>
    public abstract string Name { get; }

    /// <summary>Tells whether the collection exists.</summary>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>Whether it exists.</returns>
    public abstract Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the collection if it does not exist.</summary>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>A task that ends when the collection exists.</returns>
    public abstract Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes the collection and its records if it exists.</summary>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>A task that ends when the collection does not exist.</returns>
    public abstract Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the record of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Options of this request, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The record, or null where there is none.</returns>
    /// <exception cref="VectorStoreException">The store failed.</exception>
    public abstract Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = default, CancellationToken cancellationToken = default);

    /// <summary>Reads the records of several keys: one after the other, unless a store overrides it.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="options">Options of this request, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The records that there are.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    /// <exception cref="VectorStoreException">The store failed.</exception>
    public virtual async IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys,
        RecordRetrievalOptions? options = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (TKey key in keys)
        {
            if (await GetAsync(key, options, cancellationToken).ConfigureAwait(false) is { } record)
            {
                yield return record;
            }
        }
    }

    /// <summary>Reads the records that meet a condition.</summary>
    /// <param name="filter">The condition.</param>
    /// <param name="top">How many records to return at most.</param>
    /// <param name="options">Options of this request, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The records.</returns>
    /// <exception cref="VectorStoreException">The store failed.</exception>
    public abstract IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes the record of a key if there is one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>A task that ends when there is no such record.</returns>
    /// <exception cref="VectorStoreException">The store failed.</exception>
    public abstract Task DeleteAsync(TKey key, CancellationToken cancellationToken = default);

    /// <summary>Deletes the records of several keys: one after the other, unless a store overrides it.</summary>
    /// <param name="keys">The keys; those without a record are passed over.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>A task that ends when there are no such records.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    /// <exception cref="VectorStoreException">The store failed.</exception>
    public virtual async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (TKey key in keys)
        {
            await DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a record, or replaces the one of its key.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>A task that ends when the record is stored.</returns>
    /// <exception cref="VectorStoreException">The store failed.</exception>
    public abstract Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default);

    /// <summary>Adds records, or replaces those of their keys.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>A task that ends when the records are stored.</returns>
    /// <exception cref="VectorStoreException">The store failed.</exception>
    public abstract Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public abstract IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        CancellationToken cancellationToken = default)
        where TInput : notnull;

    /// <inheritdoc/>
    public abstract object? GetService(Type serviceType, object? serviceKey = null);

    /// <summary>Releases what the collection holds; its records stay in the store.</summary>
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
