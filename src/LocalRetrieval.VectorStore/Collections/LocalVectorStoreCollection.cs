using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>A collection of a <see cref="LocalVectorStore"/>: a name and a model; the store has the records.</summary>
internal sealed partial class LocalVectorStoreCollection<TKey, TRecord>(LocalVectorStore store, string name, RecordModel model)
    : VectorStoreCollection<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly VectorStoreCollectionMetadata _metadata = new() { VectorStoreSystemName = LocalVectorStore.SystemName, CollectionName = name };

    public override string Name => name;

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => store.CollectionExistsAsync(name, cancellationToken);

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        store.EnsureTable<TKey, TRecord>(name, model);
        return Task.CompletedTask;
    }

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        store.EnsureCollectionDeletedAsync(name, cancellationToken);

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    private CollectionTable<TKey, TRecord> GetTable([CallerMemberName] string operation = "") =>
        store.FindTable<TKey, TRecord>(name, model) ?? throw new VectorStoreException(
            $"Collection '{name}' does not exist. Call {nameof(EnsureCollectionExistsAsync)} before {operation}.")
        {
            VectorStoreSystemName = LocalVectorStore.SystemName,
            CollectionName = name,
            OperationName = operation,
        };

    private TRecord CopyOut(StoredRecord<TKey, TRecord> stored, bool includeVectors)
    {
        TRecord copy = model.CopyWithoutVectors(stored.Record);
        for (int i = 0; includeVectors && i < model.Vectors.Length; i++)
        {
            if (stored.Vectors[i] is StoredVector vector)
            {
                VectorProperty property = model.Vectors[i];
                property.Set(copy, VectorValue.With(property.Get(stored.Record)!, [.. vector.Values]));
            }
        }

        return copy;
    }
}
