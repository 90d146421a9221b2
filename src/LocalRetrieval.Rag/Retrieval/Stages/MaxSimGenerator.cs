using System.Linq.Expressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Finds records by several vectors a record, such as ColBERT's, in a collection that keeps them beside the others.</summary>
/// <typeparam name="TKey">The type of the records' keys.</typeparam>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Scores are sums of the largest dot products, higher is better. Safe for concurrent use. Collection and generator stay the caller's to dispose.</remarks>
public sealed class MaxSimGenerator<TKey, TRecord> : ICandidateGenerator<TRecord>, IOwnGenerator
    where TKey : notnull
    where TRecord : class
{
    private readonly VectorStoreCollection<TKey, TRecord> _collection;
    private readonly Expression<Func<TRecord, object?>> _vectorProperty;
    private readonly StoredMultiVectors<TKey, TRecord> _vectors;

    /// <summary>A generator over the vectors of <paramref name="collection"/>.</summary>
    /// <param name="collection">The collection: one that gives <see cref="IMultiVectorScores{TKey}"/>, as those of <c>LocalVectorStore</c> do.</param>
    /// <param name="generator">Embeds queries: the model that embedded the records.</param>
    /// <param name="vectorProperty">The vectors, a <see cref="MultiVectorEmbedding"/>, or the text that the store has such made of.</param>
    /// <param name="definition">The collection's definition; null takes the record's attributes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/>, <paramref name="generator"/> or <paramref name="vectorProperty"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="vectorProperty"/> selects no property.</exception>
    public MaxSimGenerator(
        VectorStoreCollection<TKey, TRecord> collection,
        IEmbeddingGenerator<string, MultiVectorEmbedding> generator,
        Expression<Func<TRecord, object?>> vectorProperty,
        VectorStoreCollectionDefinition? definition = null)
    {
        _vectors = StoredMultiVectors<TKey, TRecord>.Of(collection, generator, vectorProperty, definition);
        _collection = collection;
        _vectorProperty = vectorProperty;
    }

    /// <inheritdoc />
    public string Name => RetrievalStage.MaxSim;

    /// <inheritdoc />
    public string Collection => _collection.Name;

    /// <inheritdoc />
    public async Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(CandidateRequest<TRecord> request, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        MultiVectorEmbedding query = await _vectors.EmbedAsync(request, cancellationToken).ConfigureAwait(false);
        VectorSearchOptions<TRecord> options = new() { Filter = request.Filter, VectorProperty = _vectorProperty };
        List<ScoredRecord<TRecord>> found = [];
        await foreach (VectorSearchResult<TRecord> result in _collection.SearchAsync(query, count, options, cancellationToken).ConfigureAwait(false))
        {
            found.Add(new ScoredRecord<TRecord>(result.Record, result.Score ?? -found.Count));
        }

        return found;
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The collection does not compare several vectors a record, or another encoder filled it.</exception>
    public Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(records);
        return _vectors.ScoreAsync(request, records, cancellationToken);
    }
}
