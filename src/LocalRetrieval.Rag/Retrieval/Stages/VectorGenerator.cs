using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Finds records by the query's vector.</summary>
internal sealed class VectorGenerator<TKey, TRecord>(
    VectorStoreCollection<TKey, TRecord> collection, GeneratorEncoder encoder, PassageRetrieverOptions<TRecord> options, RecordLayout layout)
    : ICandidateGenerator<TRecord>, IQueryVectorStage, IOwnGenerator
    where TKey : notnull
    where TRecord : class
{
    private static readonly object Distances = new();
    private static readonly object Similarities = new();

    private readonly RecordVectors<TKey, TRecord> _vectors = new(collection, layout);

    // A function that is not named is the store's default, which differs between stores: the order of its scores tells.
    private readonly bool? _areDistances = layout.IsAssumed ? null : ScoreDirection.IsDistance(layout.Vector?.DistanceFunction);

    // What the order of scores told before, for results of which it tells nothing.
    private volatile object? _direction;

    // Scores that rise show that the collection has another function than is assumed.
    private volatile bool _isOtherFunction;

    public string Name => RetrievalStage.Vector;

    public string Collection => collection.Name;

    public async Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(CandidateRequest<TRecord> request, int count, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<float> vector = await request.GetVectorAsync().ConfigureAwait(false);
        ICollectionEncoders? encoders = collection.GetService(typeof(ICollectionEncoders)) as ICollectionEncoders;
        await encoder.CheckAsync(encoders, VectorName.Of(options.VectorProperty), cancellationToken).ConfigureAwait(false);
        List<VectorSearchResult<TRecord>> found = [];
        VectorSearchOptions<TRecord> search = new() { Filter = request.Filter, VectorProperty = options.VectorProperty };
        await foreach (VectorSearchResult<TRecord> result in collection.SearchAsync(vector, count, search, cancellationToken).ConfigureAwait(false))
        {
            found.Add(result);
        }

        return Turn(found, await AreDistancesAsync(vector, found, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The similarity of the vectors that the store gives back for the records' keys.</summary>
    public async Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        if (_isOtherFunction)
        {
            return new double?[records.Count];
        }

        ReadOnlyMemory<float> query = await request.GetVectorAsync().ConfigureAwait(false);
        IReadOnlyList<object?> fetched = await _vectors.FetchAsync(records, cancellationToken).ConfigureAwait(false);
        return [.. fetched.Select(vector => DenseVector.Of(vector) is var known && known.Length == query.Length ? ScoreDirection.Score(layout.Vector?.DistanceFunction, query.Span, known.Span) : null)];
    }

    /// <summary>Whether the scores are distances: by the function, else by their order, else by what was seen before, else by the vector of the first.</summary>
    private async ValueTask<bool> AreDistancesAsync(ReadOnlyMemory<float> query, List<VectorSearchResult<TRecord>> found, CancellationToken cancellationToken)
    {
        if (!found.TrueForAll(result => result.Score is not null))
        {
            return false;
        }

        if (_areDistances is { } known)
        {
            return known;
        }

        if (ScoreDirection.IsRising(found) is { } rising)
        {
            _direction = rising ? Distances : Similarities;
            return rising;
        }

        return found.Count > 0 && (_direction is { } seen ? seen == Distances : await IsDistanceAsync(query, found[0], cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether a score is nearer to the distance of two vectors than to their similarity; a store that gives no vectors is taken to give similarities.</summary>
    private async Task<bool> IsDistanceAsync(ReadOnlyMemory<float> query, VectorSearchResult<TRecord> found, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<float> vector = DenseVector.Of((await _vectors.FetchAsync([found.Record], cancellationToken).ConfigureAwait(false))[0]);
        double cosine = vector.Length == query.Length && !vector.IsEmpty ? DenseVector.Cosine(query, vector) : double.NaN;
        return Math.Abs(1 - cosine - found.Score!.Value) < Math.Abs(cosine - found.Score.Value);
    }

    private ScoredRecord<TRecord>[] Turn(List<VectorSearchResult<TRecord>> found, bool areDistances)
    {
        bool scored = found.TrueForAll(result => result.Score is not null);
        _isOtherFunction |= layout.IsAssumed && areDistances;

        // A store that gives no scores still gives an order.
        return [.. found.Select((result, index) => new ScoredRecord<TRecord>(result.Record, (areDistances ? -1 : 1) * (scored ? result.Score!.Value : -index)))];
    }
}
