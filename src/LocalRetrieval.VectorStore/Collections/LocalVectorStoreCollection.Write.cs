namespace LocalRetrieval.VectorData.Collections;

internal sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    public override Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return UpsertCoreAsync(records, cancellationToken);
    }

    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteAsync([key], cancellationToken);
    }

    public override Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        GetTable().Delete([.. keys]);
        return Task.CompletedTask;
    }

    private async Task UpsertCoreAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CollectionTable<TKey, TRecord> table = GetTable(nameof(UpsertAsync));
        UpsertBatch<TKey, TRecord> batch = new(model);
        foreach (TRecord record in records)
        {
            batch.Add(record);
        }

        await batch.EmbedAsync(cancellationToken).ConfigureAwait(false);
        table.Upsert(batch.Records);
        batch.ReturnGeneratedKeys();
    }
}
