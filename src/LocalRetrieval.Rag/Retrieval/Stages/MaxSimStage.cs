using System.Linq.Expressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Late interaction by the vectors that records are stored with: it reads no text and runs no document through a model, only the query, and so can read many candidates.</summary>
/// <typeparam name="TKey">The type of the records' keys.</typeparam>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Scores are sums of the largest dot products, higher is better. Safe for concurrent use. Collection and generator stay the caller's to dispose.</remarks>
public sealed class MaxSimStage<TKey, TRecord> : ICandidateReranker<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly string _collection;
    private readonly StoredMultiVectors<TKey, TRecord> _vectors;

    /// <summary>A stage over the vectors of <paramref name="collection"/>; candidates of another one get no score.</summary>
    /// <param name="collection">The collection: one that gives <see cref="IMultiVectorScores{TKey}"/>, as those of <c>LocalVectorStore</c> do.</param>
    /// <param name="generator">Embeds queries: the model that embedded the records.</param>
    /// <param name="vectorProperty">The vectors, a <see cref="MultiVectorEmbedding"/>, or the text that the store has such made of.</param>
    /// <param name="definition">The collection's definition; null takes the record's attributes.</param>
    /// <param name="count">How many candidates it compares; null for all that are reranked at all.</param>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/>, <paramref name="generator"/> or <paramref name="vectorProperty"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="vectorProperty"/> selects no property.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public MaxSimStage(
        VectorStoreCollection<TKey, TRecord> collection,
        IEmbeddingGenerator<string, MultiVectorEmbedding> generator,
        Expression<Func<TRecord, object?>> vectorProperty,
        VectorStoreCollectionDefinition? definition = null,
        int? count = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count ?? 1, 1, nameof(count));
        _vectors = StoredMultiVectors<TKey, TRecord>.Of(collection, generator, vectorProperty, definition);
        _collection = collection.Name;
        Count = count;
    }

    /// <inheritdoc />
    public string Name => RetrievalStage.MaxSim;

    /// <inheritdoc />
    public int? Count { get; }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The collection does not compare several vectors a record, or another encoder filled it.</exception>
    public async Task<IReadOnlyList<double?>> ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(candidates);
        int[] own = [.. Enumerable.Range(0, candidates.Count).Where(index => candidates[index].Collection == _collection)];
        if (own.Length == 0)
        {
            return new double?[candidates.Count];
        }

        IReadOnlyList<double?> scored = await _vectors.ScoreAsync(request, [.. own.Select(index => candidates[index].Record)], cancellationToken).ConfigureAwait(false);
        double?[] scores = new double?[candidates.Count];
        for (int i = 0; i < own.Length; i++)
        {
            scores[own[i]] = scored[i];
        }

        return scores;
    }
}
