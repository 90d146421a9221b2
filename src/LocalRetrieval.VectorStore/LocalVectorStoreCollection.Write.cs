using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The record's key or one of its values is not what the collection stores; the message names key and property.</exception>
    /// <exception cref="InvalidOperationException">Another encoder filled the collection; the message names what differs.</exception>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <summary>Adds records, or replaces those of their keys: all at once, or none of them where one fails.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A record's key or one of its values is not what the collection stores; the message names key and property.</exception>
    /// <exception cref="InvalidOperationException">Another encoder filled the collection; the message names what differs.</exception>
    public override Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return UpsertCoreAsync(records, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteAsync([key], cancellationToken);
    }

    /// <summary>Deletes the records of several keys, all at once.</summary>
    /// <inheritdoc/>
    public override Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return DeleteCoreAsync(keys, cancellationToken);
    }

    private async Task UpsertCoreAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Table table = GetTable(nameof(UpsertAsync));
        using UpsertBatch<TRecord> batch = new(_model, _mapper);
        foreach (TRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Add(record);
        }

        try
        {
            await batch.EmbedAsync(_encoders, table, cancellationToken).ConfigureAwait(false);
        }
        catch (VectorStoreException exception) when (exception.CollectionName is null)
        {
            throw Failure(exception.Message, nameof(UpsertAsync), exception);
        }

        // The collection may have been deleted and created again while the records were read and embedded.
        await batch.PublishAsync(_encoders, GetTable(nameof(UpsertAsync))).ConfigureAwait(false);
        batch.ReturnGeneratedKeys();
    }

    private async Task DeleteCoreAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<object> wanted = [.. keys.Select(ReadKey)];
        await GetTable(nameof(DeleteAsync)).DeleteAsync(wanted).ConfigureAwait(false);
    }

    private object ReadKey(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _model.Key.Type.IsInstanceOfType(key)
            ? key
            : throw new ArgumentException($"The key '{key}' is of type {key.GetType()}; keys of collection '{Name}' are of type {_model.Key.Type}.", nameof(key));
    }
}
