using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Retrieves passages by vectors, reranks them, and orders them by the scores of both stages.</summary>
/// <typeparam name="TKey">The type of the records' keys.</typeparam>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>
/// <para>The retriever embeds the query itself, as a query, and searches with the vector, so that any store will do. Scores are
/// similarities or distances, which count negative, by the distance function of the searched vector in the options' definition or the
/// record's attributes. Where none is named there, the store's order tells: rising ones are distances, others similarities.</para>
/// <para>Where the collection gives <see cref="ICollectionEncoders"/> and the generator an <see cref="EncoderInfo"/>, a collection that another encoder
/// filled is refused with an <see cref="InvalidOperationException"/> that names what differs.</para>
/// <para>It takes <see cref="RetrievalOptions"/> (as an <see cref="IPassageRetriever"/>) or <see cref="RetrievalOptions{TRecord}"/> of its own records.
/// Any other type, one derived from these included, is an <see cref="ArgumentException"/>, so that no filter is ever left out.</para>
/// <para>Safe for concurrent use. The collection, the generator and the reranker stay the caller's to dispose.</para>
/// </remarks>
public sealed partial class PassageRetriever<TKey, TRecord> : IPassageRetriever<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly Func<int, VectorStoreCollection<TKey, TRecord>> _getCollection;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly GeneratorEncoder _encoder;
    private readonly ITextReranker? _reranker;
    private readonly PassageRetrieverOptions<TRecord> _options;
    private readonly PassageMapping<TRecord> _mapping;
    private readonly bool? _areDistances;
    private VectorStoreCollection<TKey, TRecord>? _collection;

    /// <summary>A retriever over <paramref name="collection"/>.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generator">Embeds queries: the model that embedded the passages.</param>
    /// <param name="reranker">Reranks the candidates; null leaves the order to the vector search.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/> or <paramref name="generator"/> is null.</exception>
    /// <exception cref="ArgumentException">The record is no <see cref="Passage"/>, and the options have no mapping; or both of their weights are 0.</exception>
    public PassageRetriever(
        VectorStoreCollection<TKey, TRecord> collection,
        IEmbeddingGenerator<string, Embedding<float>> generator,
        ITextReranker? reranker = null,
        PassageRetrieverOptions<TRecord>? options = null)
        : this(_ => collection, generator, reranker, options)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _collection = collection;
    }

    /// <summary>A retriever that asks for its collection when the dimensions of a query's vector are known.</summary>
    internal PassageRetriever(
        Func<int, VectorStoreCollection<TKey, TRecord>> getCollection,
        IEmbeddingGenerator<string, Embedding<float>> generator,
        ITextReranker? reranker,
        PassageRetrieverOptions<TRecord>? options)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _getCollection = getCollection;
        _generator = generator;
        _encoder = new GeneratorEncoder(generator);
        _reranker = reranker;
        _options = options is null ? new PassageRetrieverOptions<TRecord>() : new PassageRetrieverOptions<TRecord>(options);
        if (_options.FindWeightFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _areDistances = ScoreDirection.IsDistance(_options);
        _mapping = _options.Mapping ?? PassageMappings.Default<TKey, TRecord>()
            ?? throw new ArgumentException(PassageMappings.MissingMessage<TRecord>(), nameof(options));
    }

    /// <inheritdoc />
    public async Task<RetrievalResult<TRecord>> RetrieveAsync(
        string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        ThrowIfUnknown(options);
        int top = options?.Top ?? _options.Top;
        bool rerank = ShouldRerank(options);
        StageRunner stages = new();
        ReadOnlyMemory<float> vector = await stages.RunAsync("embed", () => EmbedAsync(query, cancellationToken)).ConfigureAwait(false);
        List<Candidate<TRecord>> candidates = await stages.RunAsync(
            RetrievalStage.Vector,
            () => SearchAsync(vector, Math.Max(top, options?.Candidates ?? _options.Candidates), options, cancellationToken)).ConfigureAwait(false);
        if (rerank && candidates.Count > 0)
        {
            await stages.RunAsync(RetrievalStage.Reranker, () => RerankAsync(query, candidates, cancellationToken)).ConfigureAwait(false);
        }

        return ToResult(query, candidates, CandidateOrder.Sort(candidates, rerank, _options), top, stages.Timings);
    }

    async Task<RetrievalResult> IPassageRetriever.RetrieveAsync(string query, RetrievalOptions? options, CancellationToken cancellationToken) =>
        await RetrieveAsync(query, options?.For<TRecord>(), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType.IsInstanceOfType(this))
        {
            return this;
        }

        // Of what both models have, such as a token counter, the generator's is meant: passages are cut to its tokens.
        object? ofReranker = typeof(ITextReranker).IsAssignableFrom(serviceType) ? _reranker?.GetService(serviceType, serviceKey) : null;
        return ofReranker
            ?? _generator.GetService(serviceType, serviceKey)
            ?? _reranker?.GetService(serviceType, serviceKey)
            ?? _collection?.GetService(serviceType, serviceKey);
    }

    /// <summary>A type that may say more than is read is refused.</summary>
    private static void ThrowIfUnknown(RetrievalOptions<TRecord>? options)
    {
        if (options is not null && options.GetType() != typeof(RetrievalOptions<TRecord>))
        {
            throw new ArgumentException(
                $"The options are {TypeNames.Of(options.GetType())}, and what they say beyond {nameof(RetrievalOptions)}<{TypeNames.Of(typeof(TRecord))}>, such as a condition, would be lost. "
                    + $"Hand on what their {nameof(options.ToBaseOptions)}() gives, with the rest worked into it.",
                nameof(options));
        }
    }

    private bool ShouldRerank(RetrievalOptions<TRecord>? options)
    {
        if (options?.Rerank == true && _reranker is null)
        {
            throw new InvalidOperationException(
                "The request asks for reranking, and the retriever has no reranker. Register or pass an ITextReranker, or leave RetrievalOptions.Rerank null.");
        }

        return options?.Rerank ?? (_reranker is not null && _options.Order != FinalOrder.Vector);
    }
}
