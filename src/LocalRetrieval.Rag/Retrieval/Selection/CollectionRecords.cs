using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Fetches what selection asks of a collection.</summary>
internal sealed partial class CollectionRecords<TKey, TRecord>(VectorStoreCollection<TKey, TRecord> collection, RecordLayout layout, ILogger logger) : ICollectionRecords<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly RecordVectors<TKey, TRecord> _vectors = new(collection, layout);
    private int _isTold;

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

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection '{Collection}' gives no vectors back: only passages with equal texts are duplicates, and none are ordered by marginal relevance.")]
    private partial void LogNoVectors(string collection);
}
