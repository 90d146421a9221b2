using System.Linq.Expressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Compares queries with the several vectors that records are stored with.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="collection">The collection.</param>
/// <param name="generator">Embeds queries.</param>
/// <param name="property">The name of the vectors' property.</param>
/// <param name="layout">Where a record's key is.</param>
internal sealed class StoredMultiVectors<TKey, TRecord>(
    VectorStoreCollection<TKey, TRecord> collection, IEmbeddingGenerator<string, MultiVectorEmbedding> generator, string property, RecordLayout layout)
    where TKey : notnull
    where TRecord : class
{
    private readonly QueryTokens<TRecord> _queries = QueryTokens<TRecord>.Of(generator);
    private readonly GeneratorEncoder _encoder = new(generator);
    private readonly RecordProperty<TRecord>? _key = RecordProperty<TRecord>.Find(layout.KeyName);

    /// <exception cref="ArgumentNullException">A parameter but <paramref name="definition"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="vectorProperty"/> selects no property.</exception>
    public static StoredMultiVectors<TKey, TRecord> Of(
        VectorStoreCollection<TKey, TRecord> collection,
        IEmbeddingGenerator<string, MultiVectorEmbedding> generator,
        Expression<Func<TRecord, object?>> vectorProperty,
        VectorStoreCollectionDefinition? definition)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(vectorProperty);
        string name = VectorName.Of(vectorProperty) ?? throw new ArgumentException($"'{vectorProperty}' selects no property.", nameof(vectorProperty));
        RecordLayout layout = RecordLayout.Of(
            new PassageRetrieverOptions<TRecord> { Definition = definition, VectorProperty = vectorProperty },
            typeof(TRecord) == typeof(Passage) ? Passage.CreateDefinition<TKey>(dimensions: 1) : null);
        return new StoredMultiVectors<TKey, TRecord>(collection, generator, name, layout);
    }

    /// <summary>The query's vectors. The encoder is held against the one that filled the property.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled it.</exception>
    public async Task<MultiVectorEmbedding> EmbedAsync(CandidateRequest<TRecord> request, CancellationToken cancellationToken)
    {
        await _encoder.CheckAsync(collection.GetService(typeof(ICollectionEncoders)) as ICollectionEncoders, property, cancellationToken).ConfigureAwait(false);
        return await _queries.EmbedAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Scores records; null for one that is not of the collection, or has no vectors.</summary>
    /// <exception cref="InvalidOperationException">The collection does not compare several vectors a record, or another encoder filled it, or the record's key is not known.</exception>
    public async Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        IMultiVectorScores<TKey> scores = collection.GetService(typeof(IMultiVectorScores<TKey>)) as IMultiVectorScores<TKey> ?? throw new InvalidOperationException(
            $"The collection '{collection.Name}' gives no {nameof(IMultiVectorScores<TKey>)}: its store does not compare several vectors a record, or its definition has no property of {nameof(MultiVectorEmbedding)}.");
        RecordProperty<TRecord> key = _key ?? throw new InvalidOperationException(
            $"The key of {typeof(TRecord).Name} is not known, by which the vectors of '{collection.Name}' are found: give the collection's definition.");
        MultiVectorEmbedding query = await EmbedAsync(request, cancellationToken).ConfigureAwait(false);
        return await scores.ScoreAsync(query, [.. records.Select(record => (TKey)key.Read(record)!)], property, cancellationToken).ConfigureAwait(false);
    }
}
