using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Fetches the vectors of records from their collection, as far as it gives them.</summary>
internal sealed class RecordVectors<TKey, TRecord>(VectorStoreCollection<TKey, TRecord> collection, RecordLayout layout)
    where TKey : notnull
    where TRecord : class
{
    /// <summary>What stores take in one request without harm.</summary>
    private const int MaxRecordsPerRequest = 256;

    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };

    private readonly RecordProperty<TRecord>? _key = RecordProperty<TRecord>.Find(layout.KeyName);
    private readonly RecordProperty<TRecord>? _vector = RecordProperty<TRecord>.Find(layout.Vector?.Name);

    /// <summary>The vector of each record; null where the store does not give it, or the record's properties are not known.</summary>
    public async Task<IReadOnlyList<object?>> FetchAsync(IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        if (_key is null || _vector is null || Array.ConvertAll([.. records], _key.Read) is var keys && !Array.TrueForAll(keys, key => key is TKey))
        {
            return new object?[records.Count];
        }

        Dictionary<TKey, object?> vectors = [];
        try
        {
            foreach (TKey[] batch in keys.Cast<TKey>().Chunk(MaxRecordsPerRequest))
            {
                await foreach (TRecord record in collection.GetAsync(batch, WithVectors, cancellationToken).ConfigureAwait(false))
                {
                    if (_key.Read(record) is TKey key)
                    {
                        vectors[key] = _vector.Read(record);
                    }
                }
            }
        }
        catch (NotSupportedException)
        {
            // A store that embeds by itself need not give vectors back.
        }

        return [.. keys.Select(key => vectors.GetValueOrDefault((TKey)key!))];
    }
}
