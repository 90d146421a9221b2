using LocalRetrieval.VectorData.Embedding;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>A collection of a <see cref="LocalVectorStore"/>.</summary>
/// <typeparam name="TKey">The type of the keys; <see cref="object"/> where records are dictionaries.</typeparam>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>
/// It is a name and a way to see the records, which the store has: two collections of one name see the same records, as objects of a
/// class or as dictionaries. It is safe for concurrent use, and disposing it loses nothing.
/// </remarks>
public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly LocalVectorStore _store;
    private readonly RecordModel _model;
    private readonly RecordMapper<TRecord> _mapper;
    private readonly EncoderCheck _encoders;
    private readonly VectorStoreCollectionMetadata _metadata;

    internal LocalVectorStoreCollection(LocalVectorStore store, string name, RecordModel model, RecordMapper<TRecord> mapper)
    {
        _store = store;
        _model = model;
        _mapper = mapper;
        _encoders = store.CheckOf(name);
        Name = name;
        _metadata = new VectorStoreCollectionMetadata { VectorStoreSystemName = LocalVectorStore.SystemName, CollectionName = name };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => _store.CollectionExistsAsync(Name, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The collection exists and stores other records than this one describes.</exception>
    public override async Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_store.FindTable(Name) is not null || !_store.Catalog.HasFolder)
        {
            _store.EnsureTable(Name, _model);
            return;
        }

        // Its log is read, or made.
        await Task.Run(() => _store.EnsureTable(Name, _model), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        _store.EnsureCollectionDeletedAsync(Name, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType == typeof(IMultiVectorScores<TKey>) && !Array.Exists(_model.Vectors, property => property.IsMulti) ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(VectorStore) || serviceType == typeof(LocalVectorStore) ? _store
            : null;
    }

    private Table GetTable(string operation) => _store.FindTable(Name, _model) ?? throw Missing(operation);

    private VectorStoreException Missing(string operation) =>
        LocalVectorStore.Missing(Name, operation, $" Call {nameof(EnsureCollectionExistsAsync)} first, or index documents into it.");

    private VectorStoreException Failure(string message, string operation, Exception? cause = null) => new(message, cause)
    {
        VectorStoreSystemName = LocalVectorStore.SystemName,
        CollectionName = Name,
        OperationName = operation,
    };

    private bool ReadIncludeVectors(bool? includeVectors)
    {
        if (includeVectors != true)
        {
            return false;
        }

        _model.ThrowIfVectorsCannotBeReturned();
        return true;
    }

    private TRecord CopyOut(TableSnapshot snapshot, Row row, bool includeVectors) => CopyOut(snapshot, row, includeVectors ? _model.Vectors : []);

    private TRecord CopyOut(TableSnapshot snapshot, Row row, VectorProperty[] vectors)
    {
        TRecord copy = _mapper.Create();
        _mapper.Set(copy, _model.Key, row.Key);
        foreach (DataProperty property in _model.Data)
        {
            _mapper.Set(copy, property, _mapper.Copy(row.Values[property.Slot]));
        }

        foreach (VectorProperty property in vectors)
        {
            if (property.Format is { } format && row.Values[property.Slot] is { } mark)
            {
                _mapper.Set(copy, property, format.Make(snapshot.State.CopyVector(property, row.Index), mark, snapshot.State.DimensionsOf(property)));
            }
        }

        return copy;
    }
}
