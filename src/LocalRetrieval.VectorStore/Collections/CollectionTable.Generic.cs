using System.Collections.Immutable;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>The records of one collection.</summary>
/// <remarks>
/// Writers take turns and publish a new immutable dictionary for each batch; a reader takes the current one and needs no lock, so it
/// sees whole batches only, and a slow filter or consumer holds nobody up.
/// </remarks>
internal sealed class CollectionTable<TKey, TRecord>(RecordModel model) : CollectionTable(model)
    where TKey : notnull
    where TRecord : class
{
    private readonly Lock _writing = new();
    private volatile ImmutableDictionary<TKey, StoredRecord<TKey, TRecord>> _records = ImmutableDictionary<TKey, StoredRecord<TKey, TRecord>>.Empty;
    private long _nextOrder;

    /// <summary>The records as of now, in no order.</summary>
    public ImmutableDictionary<TKey, StoredRecord<TKey, TRecord>> Records => _records;

    /// <summary>Adds or replaces records, all at once; of those with one key, the last stays.</summary>
    public void Upsert(List<StoredRecord<TKey, TRecord>> records)
    {
        lock (_writing)
        {
            var builder = _records.ToBuilder();
            foreach (StoredRecord<TKey, TRecord> record in records)
            {
                record.Order = builder.TryGetValue(record.Key, out StoredRecord<TKey, TRecord>? replaced) ? replaced.Order : _nextOrder++;
                builder[record.Key] = record;
            }

            _records = builder.ToImmutable();
        }
    }

    /// <summary>Deletes records, all at once; keys without a record are passed over.</summary>
    public void Delete(List<TKey> keys)
    {
        lock (_writing)
        {
            _records = _records.RemoveRange(keys);
        }
    }
}
