using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>The records of a manifest in a collection with keys of one type.</summary>
/// <param name="collection">The collection.</param>
/// <param name="keyOf">The key of a slot.</param>
internal sealed class SlotStore<TKey>(VectorStoreCollection<TKey, SourceRecord> collection, Func<int, TKey> keyOf) : ISlotStore
    where TKey : notnull
{
    /// <summary>What stores take in one request without harm; so many slots without a record mean that there are no more.</summary>
    private const int RecordsPerRequest = 256;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => collection.EnsureCollectionExistsAsync(cancellationToken);

    public async IAsyncEnumerable<SourceRecord> LoadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isEmpty = false;
        for (int next = 0; !isEmpty; next += RecordsPerRequest)
        {
            isEmpty = true;
            TKey[] keys = [.. Enumerable.Range(next, RecordsPerRequest).Select(keyOf)];
            await foreach (SourceRecord record in collection.GetAsync(keys, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                isEmpty = false;
                yield return record;
            }
        }
    }

    public async Task UpsertAsync(IReadOnlyCollection<SourceRecord> records, CancellationToken cancellationToken)
    {
        foreach (SourceRecord[] batch in records.Chunk(RecordsPerRequest))
        {
            foreach (SourceRecord record in batch)
            {
                SetKey(record, keyOf(record.Slot));
            }

            await collection.UpsertAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DeleteAsync(IReadOnlyCollection<int> slots, CancellationToken cancellationToken)
    {
        foreach (int[] batch in slots.Chunk(RecordsPerRequest))
        {
            await collection.DeleteAsync(Array.ConvertAll(batch, slot => keyOf(slot)), cancellationToken).ConfigureAwait(false);
        }
    }

    private static void SetKey(SourceRecord record, TKey key)
    {
        if (key is Guid id)
        {
            record.Id = id;
        }
        else
        {
            record.Key = (string)(object)key;
        }
    }
}
