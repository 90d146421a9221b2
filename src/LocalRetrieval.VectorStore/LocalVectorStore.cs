using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>A vector store in this process's memory, whose search is exact.</summary>
/// <remarks>
/// <para>The records live in the store under their collection's name: collections got under one name see the same records, and
/// disposing a collection loses none. A name keeps its key type, record type and properties until the collection is deleted.</para>
/// <para>Records are copied in and out: the key, the data and the vectors, and no property that is none of these. An array, a
/// <see cref="List{T}"/>, a <see cref="HashSet{T}"/> and a <see cref="Dictionary{TKey, TValue}"/> are copied with the record, their
/// elements as they are; any other object is kept by reference and must not change afterwards.</para>
/// <para>A vector property is a <see cref="ReadOnlyMemory{T}"/>, an array or an <see cref="Embedding{T}"/> of <see cref="float"/>, or a
/// <see cref="string"/> that a generator turns into a vector; the generator is told whether it embeds a "document" or a "query" under
/// "input_type" in its options' additional properties. A record whose value is null is stored, and a search of that property passes it
/// over. A record whose key is <see cref="Guid.Empty"/> is given a new key, unless the definition says that keys are not generated.</para>
/// <para>Any data property can be filtered and sorted by, so <c>IsIndexed</c> and <c>IsFullTextIndexed</c> change nothing. A filter is any
/// expression over the record, and runs on the store's own copy. Index kinds other than flat, and dictionary records, are refused.</para>
/// <para>All members, and those of its collections, are safe for concurrent use. A reader sees all of a batch or nothing of it.</para>
/// </remarks>
public sealed class LocalVectorStore : VectorStore
{
    internal const string SystemName = "localretrieval";

    private readonly ConcurrentDictionary<string, CollectionTable> _tables = new(StringComparer.Ordinal);
    private readonly VectorStoreMetadata _metadata = new() { VectorStoreSystemName = SystemName };
    private readonly IEmbeddingGenerator? _embeddingGenerator;
    private volatile bool _disposed;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">The store's options, read now; null for the defaults.</param>
    public LocalVectorStore(LocalVectorStoreOptions? options = null)
        : this(options?.EmbeddingGenerator)
    {
    }

    internal LocalVectorStore(IEmbeddingGenerator? embeddingGenerator) => _embeddingGenerator = embeddingGenerator;

    /// <summary>Gives access to a collection, whether or not it exists.</summary>
    /// <typeparam name="TKey">The type of the keys: <see cref="string"/>, <see cref="int"/>, <see cref="long"/> or <see cref="Guid"/>.</typeparam>
    /// <typeparam name="TRecord">The type of the records: a class with a public parameterless constructor.</typeparam>
    /// <param name="name">The collection's name; case matters.</param>
    /// <param name="definition">Describes the records and overrides the attributes of <typeparamref name="TRecord"/>; null to read the attributes alone.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    /// <exception cref="InvalidOperationException">
    /// The description contradicts <typeparamref name="TRecord"/> or <typeparamref name="TKey"/>, or the collection exists with others.
    /// </exception>
    /// <exception cref="NotSupportedException">The description asks for what the store does not have; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    [RequiresDynamicCode("Maps records by reflection.")]
    [RequiresUnreferencedCode("Maps records by reflection.")]
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ObjectDisposedException.ThrowIf(_disposed, this);
        RecordModel model = RecordModelBuilder.Build(typeof(TKey), typeof(TRecord), definition, _embeddingGenerator);
        if (_tables.TryGetValue(name, out CollectionTable? table))
        {
            table.ThrowIfOther(name, model);
        }

        return new LocalVectorStoreCollection<TKey, TRecord>(this, name, model);
    }

    /// <summary>Not supported: this store's records are objects of a class.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="definition">Describes the records.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        throw new NotSupportedException(
            $"{nameof(GetDynamicCollection)}: {nameof(LocalVectorStore)} has no collections of dictionaries. "
            + $"Use {nameof(GetCollection)} with a record class.");

    /// <summary>Lists the collections that exist, by name in ordinal order.</summary>
    /// <inheritdoc/>
    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return ListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<bool>(cancellationToken)
            : Task.FromResult(_tables.ContainsKey(name));
    }

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        _tables.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    internal CollectionTable<TKey, TRecord>? FindTable<TKey, TRecord>(string name, RecordModel model)
        where TKey : notnull
        where TRecord : class
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _tables.TryGetValue(name, out CollectionTable? table) ? table.As<TKey, TRecord>(name, model) : null;
    }

    internal void EnsureTable<TKey, TRecord>(string name, RecordModel model)
        where TKey : notnull
        where TRecord : class
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tables.GetOrAdd(name, static (_, model) => new CollectionTable<TKey, TRecord>(model), model).ThrowIfOther(name, model);
    }

    /// <summary>Drops all collections. The embedding generator is the caller's to dispose.</summary>
    /// <param name="disposing">True from Dispose.</param>
    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _tables.Clear();
        base.Dispose(disposing);
    }

    private async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The listing is whole in memory; the interface alone is asynchronous.
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (string name in _tables.Keys.Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }
}
