using System.Linq.Expressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Finds records by sparse vectors, such as SPLADE's, in a collection that keeps them beside the dense ones.</summary>
/// <typeparam name="TKey">The type of the records' keys.</typeparam>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Scores are dot products, higher is better. Safe for concurrent use. Collection and generator stay the caller's to dispose.</remarks>
public sealed class SparseGenerator<TKey, TRecord> : ICandidateGenerator<TRecord>, IOwnGenerator
    where TKey : notnull
    where TRecord : class
{
    private readonly VectorStoreCollection<TKey, TRecord> _collection;
    private readonly IEmbeddingGenerator<string, SparseEmbedding> _generator;
    private readonly Expression<Func<TRecord, object?>> _vectorProperty;
    private readonly RecordVectors<TKey, TRecord> _vectors;

    /// <summary>A generator over the sparse vectors of <paramref name="collection"/>.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generator">Embeds queries: the model that embedded the records.</param>
    /// <param name="vectorProperty">The sparse vector, a <see cref="SparseEmbedding"/>.</param>
    /// <param name="definition">The collection's definition; null takes the record's attributes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/>, <paramref name="generator"/> or <paramref name="vectorProperty"/> is null.</exception>
    public SparseGenerator(
        VectorStoreCollection<TKey, TRecord> collection,
        IEmbeddingGenerator<string, SparseEmbedding> generator,
        Expression<Func<TRecord, object?>> vectorProperty,
        VectorStoreCollectionDefinition? definition = null)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(vectorProperty);
        _collection = collection;
        _generator = generator;
        _vectorProperty = vectorProperty;
        _vectors = new RecordVectors<TKey, TRecord>(
            collection, RecordLayout.Of(new PassageRetrieverOptions<TRecord> { Definition = definition, VectorProperty = vectorProperty }, fallback: null));
    }

    /// <inheritdoc />
    public string Name => RetrievalStage.Sparse;

    /// <inheritdoc />
    public string Collection => _collection.Name;

    /// <inheritdoc />
    public async Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(CandidateRequest<TRecord> request, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SparseEmbedding query = await EmbedAsync(request, cancellationToken).ConfigureAwait(false);
        VectorSearchOptions<TRecord> options = new() { Filter = request.Filter, VectorProperty = _vectorProperty };
        List<ScoredRecord<TRecord>> found = [];
        await foreach (VectorSearchResult<TRecord> result in _collection.SearchAsync(query, count, options, cancellationToken).ConfigureAwait(false))
        {
            found.Add(new ScoredRecord<TRecord>(result.Record, result.Score ?? -found.Count));
        }

        return found;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(records);
        SparseEmbedding query = await EmbedAsync(request, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<object?> vectors = await _vectors.FetchAsync(records, cancellationToken).ConfigureAwait(false);
        return [.. vectors.Select(vector => vector is SparseEmbedding sparse ? query.Dot(sparse) : (double?)null)];
    }

    private Task<SparseEmbedding> EmbedAsync(CandidateRequest<TRecord> request, CancellationToken cancellationToken) =>
        _generator.GenerateQueryAsync(request.Query, cancellationToken: cancellationToken);
}
