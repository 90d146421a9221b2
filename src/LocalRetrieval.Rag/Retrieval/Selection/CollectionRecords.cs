using System.Linq.Expressions;
using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Fetches what selection asks of a collection.</summary>
internal sealed partial class CollectionRecords<TKey, TRecord>(VectorStoreCollection<TKey, TRecord> collection, RecordLayout layout, ILogger logger) : ICollectionRecords<TRecord>
    where TKey : notnull
    where TRecord : class
{
    /// <summary>What stores take in one request without harm.</summary>
    private const int MaxRecordsPerRequest = 256;

    private readonly RecordVectors<TKey, TRecord> _vectors = new(collection, layout);
    private int _isTold;
    private volatile bool _filtersNoKeys;

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> GetVectorsAsync(IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        IReadOnlyList<object?> fetched = await _vectors.FetchAsync(records, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<float>[] vectors = [.. fetched.Select(DenseVector.Of)];
        if (Array.TrueForAll(vectors, vector => vector.IsEmpty) && vectors.Length > 0 && Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            LogNoVectors(collection.Name);
        }

        return vectors;
    }

    public async Task<IReadOnlyList<TRecord>> GetAsync(IReadOnlyCollection<object> keys, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken)
    {
        List<TRecord> records = [];
        foreach (TKey[] batch in keys.Select(ToKey).Chunk(MaxRecordsPerRequest))
        {
            records.AddRange(await GetAsync(batch, filter, cancellationToken).ConfigureAwait(false));
        }

        return records;
    }

    private async Task<List<TRecord>> GetAsync(TKey[] keys, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken)
    {
        if (filter is null)
        {
            return await collection.GetAsync(keys, cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        if (layout.KeyName is { } keyName && !_filtersNoKeys)
        {
            try
            {
                return await collection.GetAsync(KeyFilter.Create<TKey, TRecord>(keyName, [.. keys], filter), keys.Length, cancellationToken: cancellationToken)
                    .ToListAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NotSupportedException)
            {
                // Many stores filter by data alone. What they give by its key is held to the filter here.
                _filtersNoKeys = true;
            }
        }

        return await collection.GetAsync(keys, cancellationToken: cancellationToken).Where(RecordFilter.Compile(filter)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private static TKey ToKey(object key) => key is TKey typed ? typed : throw new InvalidOperationException(
        $"{nameof(PassageMapping<>)}.{nameof(PassageMapping<>.KeyAt)} gave a key of type {TypeNames.Of(key.GetType())}; the collection has keys of type {TypeNames.Of(typeof(TKey))}.");

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection '{Collection}' gives no vectors back: only passages with equal texts are duplicates, and none are ordered by marginal relevance.")]
    private partial void LogNoVectors(string collection);
}
