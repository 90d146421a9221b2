using System.Linq.Expressions;
using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Retrieves passages in stages: finds candidates by vectors and words side by side, reranks the best, and orders them by the scores of all.</summary>
/// <typeparam name="TKey">The type of the records' keys.</typeparam>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>
/// <para>The default is the vector search, the keyword search where the collection is an <see cref="IKeywordSearchable{TRecord}"/> (or the store's own
/// hybrid search in place of both), and the reranker; <see cref="PassageRetrieverOptions{TRecord}"/> adds stages, weighs them, and takes some away. Each
/// stage scores every candidate, whoever found it: the keyword search is asked for those that it did not find, and the vector search compares their
/// vectors where the store gives them back; what stays unknown counts as the stage's least score.</para>
/// <para>The retriever embeds the query itself, as a query, and searches with the vector, so that any store will do. Scores of vectors are
/// similarities or distances, which count negative, by the distance function of the searched vector in the options' definition or the
/// record's attributes. Where none is named there, the store's order tells: rising ones are distances, others similarities.</para>
/// <para>Where the collection gives <see cref="ICollectionEncoders"/> and the generator an <see cref="EncoderInfo"/>, a collection that another encoder
/// filled is refused with an <see cref="InvalidOperationException"/> that names what differs.</para>
/// <para>Several collections are searched as if they were one: each stage's scores and ranks are over the union, which is reranked once. The same encoder
/// filled them, so their vectors compare; scores of words do nearly, since each collection counts how rare a word is by itself. What one of them cannot do,
/// such as searching by words, is done with none.</para>
/// <para>It takes <see cref="RetrievalOptions"/> (as an <see cref="IPassageRetriever"/>) or <see cref="RetrievalOptions{TRecord}"/> of its own records.
/// Any other type, one derived from these included, is an <see cref="ArgumentException"/>, so that no filter is ever left out.</para>
/// <para>Safe for concurrent use. The collection, the generator and the reranker stay the caller's to dispose.</para>
/// </remarks>
public sealed partial class PassageRetriever<TKey, TRecord> : IPassageRetriever<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly Func<int, CancellationToken, ValueTask<VectorStoreCollection<TKey, TRecord>[]>> _getCollections;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly ITextReranker? _reranker;
    private readonly PassageRetrieverOptions<TRecord> _options;
    private readonly PassageMapping<TRecord> _mapping;
    private readonly StagePlanner<TKey, TRecord> _planner;
    private volatile VectorStoreCollection<TKey, TRecord>[]? _collections;
    private volatile RetrievalPipeline<TRecord>? _pipeline;

    /// <summary>A retriever over <paramref name="collection"/>.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="generator">Embeds queries: the model that embedded the passages.</param>
    /// <param name="reranker">Reranks the candidates; null leaves the order to the vector search.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <param name="loggerFactory">Makes the logger that is told, at the first query, what the collection cannot do; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/> or <paramref name="generator"/> is null.</exception>
    /// <exception cref="ArgumentException">The record is no <see cref="Passage"/>, and the options have no mapping; or their weights leave no order, or two stages have one name.</exception>
    public PassageRetriever(
        VectorStoreCollection<TKey, TRecord> collection,
        IEmbeddingGenerator<string, Embedding<float>> generator,
        ITextReranker? reranker = null,
        PassageRetrieverOptions<TRecord>? options = null,
        ILoggerFactory? loggerFactory = null)
        : this((_, _) => ValueTask.FromResult<VectorStoreCollection<TKey, TRecord>[]>([collection]), generator, reranker, options, loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _collections = [collection];
    }

    /// <summary>A retriever over several collections, which are searched as if they were one: the same encoder filled them.</summary>
    /// <param name="collections">The collections, each of another name.</param>
    /// <param name="generator">Embeds queries: the model that embedded the passages of all of them.</param>
    /// <param name="reranker">Reranks the candidates; null leaves the order to the searches.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <param name="loggerFactory">Makes the logger that is told, at the first query, what a collection cannot do; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="collections"/>, one of them or <paramref name="generator"/> is null.</exception>
    /// <exception cref="ArgumentException">There are no collections, or two of one name; or the record is no <see cref="Passage"/>, and the options have no mapping; or their weights leave no order, or two stages have one name.</exception>
    public PassageRetriever(
        IEnumerable<VectorStoreCollection<TKey, TRecord>> collections,
        IEmbeddingGenerator<string, Embedding<float>> generator,
        ITextReranker? reranker = null,
        PassageRetrieverOptions<TRecord>? options = null,
        ILoggerFactory? loggerFactory = null)
        : this((_, _) => ValueTask.FromResult<VectorStoreCollection<TKey, TRecord>[]>([]), generator, reranker, options, loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(collections);
        _collections = [.. collections];
        Array.ForEach(_collections, collection => ArgumentNullException.ThrowIfNull(collection, nameof(collections)));
        CollectionNames.ThrowIfUnfit([.. _collections.Select(collection => collection.Name)], nameof(collections));
    }

    /// <summary>A retriever that asks for its collections when the dimensions of a query's vector are known.</summary>
    internal PassageRetriever(
        Func<int, CancellationToken, ValueTask<VectorStoreCollection<TKey, TRecord>[]>> getCollections,
        IEmbeddingGenerator<string, Embedding<float>> generator,
        ITextReranker? reranker,
        PassageRetrieverOptions<TRecord>? options,
        ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _getCollections = getCollections;
        _generator = generator;
        _reranker = reranker;
        _options = options is null ? new PassageRetrieverOptions<TRecord>() : new PassageRetrieverOptions<TRecord>(options);
        _options.VectorProperty ??= FindOwnVector();
        if (_options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _planner = new StagePlanner<TKey, TRecord>(
            _options, new GeneratorEncoder(generator), reranker, (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("LocalRetrieval.Rag.PassageRetriever"));
        _mapping = _options.Mapping ?? PassageMappings.Default<TKey, TRecord>()
            ?? throw new ArgumentException(PassageMappings.MissingMessage<TRecord>(), nameof(options));
        ThrowIfUnfit(_options.Selection, nameof(options));
    }

    /// <summary>A passage is searched by its own vector: its tokens may have some too, whether or not the options' definition says so. Null for other records.</summary>
    private static Expression<Func<TRecord, object?>>? FindOwnVector() =>
        typeof(TRecord) == typeof(Passage)
            ? (Expression<Func<TRecord, object?>>)(LambdaExpression)(Expression<Func<Passage, object?>>)(passage => passage.Vector)
            : null;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The collection does not exist, or cannot do what the options ask, or another encoder filled it; or the request has no filter where one is required.</exception>
    public Task<RetrievalResult<TRecord>> RetrieveAsync(
        string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        RetrievalDetails details = new(query, options?.Top ?? _options.Top, isSensitive: false);
        return RetrievalOperation.RunAsync(RagTelemetry.Default, details, () => RunAsync(query, options, cancellationToken));
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

        if (serviceKey is null && serviceType == typeof(ICollectionVersion))
        {
            // One collection's version alone would hide that another has changed.
            return _collections is null
                ? new PlannedVersion(FindVersionAsync)
                : CollectionVersions.Of(_collections.Select(collection => collection.GetService(serviceType)));
        }

        // Of what both models have, such as a token counter, the generator's is meant: passages are cut to its tokens.
        object? ofReranker = typeof(ITextReranker).IsAssignableFrom(serviceType) ? _reranker?.GetService(serviceType, serviceKey) : null;
        return ofReranker
            ?? _generator.GetService(serviceType, serviceKey)
            ?? _reranker?.GetService(serviceType, serviceKey)
            ?? _collections?.Select(collection => collection.GetService(serviceType, serviceKey)).FirstOrDefault(service => service is not null);
    }

    /// <summary>The version of collections that are only known when the dimensions of a vector are.</summary>
    private async Task<ICollectionVersion?> FindVersionAsync(CancellationToken cancellationToken)
    {
        await PlanAsync(CreateRequest(nameof(ICollectionVersion), options: null, new QueryEmbedder(_generator, new StageRunner(), cancellationToken)), cancellationToken).ConfigureAwait(false);
        return CollectionVersions.Of(_collections!.Select(collection => collection.GetService(typeof(ICollectionVersion))));
    }

    private async Task<RetrievalResult<TRecord>> RunAsync(string query, RetrievalOptions<TRecord>? options, CancellationToken cancellationToken)
    {
        ThrowIfUnknown(options);
        ThrowIfUnfiltered(options);
        ThrowIfUnfit(options?.Selection, nameof(options));
        ThrowIfUnscored(options);
        bool rerank = ShouldRerank(options);
        StageRunner stages = new();
        QueryEmbedder embedder = new(_generator, stages, cancellationToken);
        CandidateRequest<TRecord> request = CreateRequest(query, options, embedder);
        RetrievalPipeline<TRecord> pipeline = _pipeline ?? await PlanAsync(request, cancellationToken).ConfigureAwait(false);
        (RetrievalOperation.Current!.DataSource, RetrievalOperation.Current.Top) = (string.Join(',', _collections!.Select(collection => collection.Name)), request.Top);
        RankedCandidates<TRecord> ranked = await RunAsync(pipeline, request, options, rerank, stages, cancellationToken).ConfigureAwait(false);
        RetrievalResult<TRecord> result = ToResult(query, ranked) with
        {
            Timings = stages.Timings,
            DroppedQueryTokens = embedder.DroppedTokens,
            Queries = options?.Queries,
            HypotheticalDocuments = options?.HypotheticalDocuments,
        };
        return options?.Explain is null
            ? result
            : result with { Explanations = await pipeline.Explainer.ExplainAsync(request, result, options, rerank, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>A limit on what no stage gives would let nothing through.</summary>
    private void ThrowIfUnscored(RetrievalOptions<TRecord>? options)
    {
        if ((options?.MinimumVectorScore ?? _options.MinimumVectorScore) is not null && _options.Generators.Select(generator => generator.Name).Append(RetrievalStage.Keyword).Contains(_options.OrderStage))
        {
            throw new InvalidOperationException(
                $"{nameof(RetrievalOptions.MinimumVectorScore)} needs the vector search, which is not asked where {nameof(_options.OrderStage)} is '{_options.OrderStage}'. Leave one of the two.");
        }
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

    private void ThrowIfUnfiltered(RetrievalOptions<TRecord>? options)
    {
        if (_options.RequireFilter && options?.Filter is null)
        {
            throw new InvalidOperationException(
                $"The request has no filter, which {nameof(PassageRetrieverOptions<>)}.{nameof(_options.RequireFilter)} asks for. Set {nameof(RetrievalOptions<>)}.{nameof(RetrievalOptions<>.Filter)} to what the caller may see.");
        }
    }

    private void ThrowIfUnfit(SelectionOptions? selection, string parameter)
    {
        if (selection is not null && SelectionNeeds.FindFault(selection, _mapping, () => _generator.GetService(typeof(ITokenCounter)) as ITokenCounter) is { } fault)
        {
            throw new ArgumentException(fault, parameter);
        }
    }

    private bool ShouldRerank(RetrievalOptions<TRecord>? options)
    {
        if (options?.Rerank == true && _reranker is null && _options.Rerankers.Count == 0)
        {
            throw new InvalidOperationException(
                "The request asks for reranking, and the retriever has no reranker. Register or pass an ITextReranker, or leave RetrievalOptions.Rerank null.");
        }

        bool rerank = options?.Rerank ?? (_options.OrderStage is not { } single || IsReranker(single));
        if (FindUnmetNeed(options, rerank) is { } need)
        {
            throw new InvalidOperationException($"{need} needs the reranker, {(_reranker is null ? "which the retriever does not have" : "and the request is not reranked")}. Leave one of the two.");
        }

        return rerank;
    }

    /// <summary>What a request asks for that only a reranker gives; null where it gets all.</summary>
    private string? FindUnmetNeed(RetrievalOptions<TRecord>? options, bool rerank) =>
        options?.MinimumRerankerScore is not null && !(rerank && _reranker is not null) ? nameof(RetrievalOptions.MinimumRerankerScore)
        : _options.OrderStage is { } single && IsReranker(single) && !rerank ? $"{nameof(_options.OrderStage)} '{single}'"
        : null;

    private bool IsReranker(string stage) => stage == RetrievalStage.Reranker || _options.Rerankers.Any(reranker => reranker.Name == stage);

    private CandidateRequest<TRecord> CreateRequest(string query, RetrievalOptions<TRecord>? options, QueryEmbedder embedder)
    {
        // Half an emoji, as a cut leaves it in a message, is no reason to find nothing: models refuse it.
        string text = LoneSurrogates.Replace(query);
        int top = options?.Top ?? _options.Top;
        return new CandidateRequest<TRecord>(text, top, options?.Filter, () => embedder.EmbedAsync(text, options?.HypotheticalDocuments?.Select(LoneSurrogates.Replace).ToArray()))
        {
            Further = [.. (options?.Queries ?? []).Select(LoneSurrogates.Replace).Select(further => new CandidateRequest<TRecord>(further, top, options?.Filter, () => embedder.EmbedAsync(further)))],
        };
    }

    private async Task<RetrievalPipeline<TRecord>> PlanAsync(CandidateRequest<TRecord> request, CancellationToken cancellationToken)
    {
        _collections ??= await _getCollections((await request.GetVectorAsync().ConfigureAwait(false)).Length, cancellationToken).ConfigureAwait(false);
        if (_collections.Length > 1)
        {
            // What the others hold would hide that one is missing.
            await ThrowIfMissingAsync(exception: null, cancellationToken).ConfigureAwait(false);
        }

        return _pipeline ??= new RetrievalPipeline<TRecord>(_planner.Create(_collections), _mapping, _options);
    }

    private async Task<RankedCandidates<TRecord>> RunAsync(
        RetrievalPipeline<TRecord> pipeline, CandidateRequest<TRecord> request, RetrievalOptions<TRecord>? options, bool rerank, StageRunner stages, CancellationToken cancellationToken)
    {
        try
        {
            RankedCandidates<TRecord> ranked = await pipeline.RunAsync(request, options, rerank, stages, cancellationToken).ConfigureAwait(false);
            if (ranked.All.Count == 0)
            {
                await ThrowIfMissingAsync(exception: null, cancellationToken).ConfigureAwait(false);
            }

            return ranked;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await ThrowIfMissingAsync(exception, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task ThrowIfMissingAsync(Exception? exception, CancellationToken cancellationToken)
    {
        foreach (VectorStoreCollection<TKey, TRecord> collection in _collections ?? [])
        {
            if (!await collection.CollectionExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new InvalidOperationException(
                    $"The collection '{collection.Name}' does not exist. "
                        + $"Index documents into it first, for instance with {nameof(PassageIndexer)}.{nameof(PassageIndexer.IndexAsync)}, or check its name.",
                    exception);
            }
        }
    }

    private RetrievalResult<TRecord> ToResult(string query, RankedCandidates<TRecord> ranked)
    {
        Dictionary<RetrievalCandidate<TRecord>, RetrievedPassage<TRecord>> passages = new(ReferenceEqualityComparer.Instance);
        foreach (RetrievalCandidate<TRecord> candidate in ranked.Selected.Order.Concat(ranked.Ordered))
        {
            passages.TryAdd(candidate, _mapping.ToPassage(candidate, passages.Count + 1));
        }

        RetrievedPassage<TRecord>[] returned =
            [.. ranked.Selected.Returned.Select((passage, index) => passage.Joined is { } joined ? _mapping.ToPassage(passage.Candidate, index + 1, joined) : passages[passage.Candidate])];
        return new RetrievalResult<TRecord>(query, PassagePlacements.Place(ranked.Selected.Placement, returned))
        {
            Candidates = [.. ranked.All.Select(candidate => passages[candidate])],
            PassedCount = ranked.Selected.Passed,
        };
    }
}
