using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>A record as the store keeps it. Nothing of it changes once it is in a table.</summary>
/// <param name="key">The record's key.</param>
/// <param name="record">The store's own copy of the record, for filters and sorting. It never leaves the store.</param>
/// <param name="vectors">The record's vector for each vector property, or null where it has none.</param>
internal sealed class StoredRecord<TKey, TRecord>(TKey key, TRecord record, StoredVector?[] vectors)
    where TKey : notnull
    where TRecord : class
{
    public TKey Key => key;

    public TRecord Record => record;

    public StoredVector?[] Vectors => vectors;

    /// <summary>The record's place by first insertion, which a replacement keeps. The table sets it.</summary>
    public long Order { get; set; }
}
