using System.Diagnostics;

namespace LocalRetrieval.Encoders;

/// <summary>What all rerankers share on a runtime: the way of a request from its texts to documents by score.</summary>
/// <remarks>Immutable and safe for concurrent use. Work is done on the thread pool.</remarks>
internal abstract class RerankingHead : ITextReranker
{
    private readonly TextRerankerMetadata _metadata;
    private readonly int? _maxTokens;

    protected RerankingHead(EncoderRuntime runtime, int? maxTokens)
    {
        Runtime = runtime;
        _maxTokens = maxTokens;
        _metadata = new TextRerankerMetadata(runtime.Backend.ProviderName, providerUri: null, runtime.ModelId, maxTokens);
    }

    /// <summary>What runs.</summary>
    protected EncoderRuntime Runtime { get; }

    public Task<RerankingResult> RerankAsync(string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        Runtime.ThrowIfDisposed();
        Runtime.Check(query, "The query", nameof(query));
        string[] texts = [.. documents];
        Runtime.Check(texts, nameof(documents));
        if (texts.Length == 0)
        {
            return Task.FromResult(Result([], new RerankingCosts(TokenUsage.Of([]), null), options));
        }

        RunRequest run = Runtime.Reserve(texts, Portions(isInOrder: options?.Budget is not null), RunRequests.Of(options?.AdditionalProperties, isQuery: true));
        return Runtime.CallAsync(() => ScoreAsync(query, texts, options, run, cancellationToken), run.Reserved, cancellationToken);
    }

    public virtual object? GetService(Type serviceType, object? serviceKey = null) => EncoderServices.Find(serviceType, serviceKey, this, _metadata);

    public void Dispose() => Runtime.Dispose();

    /// <summary>How the documents are cut into portions.</summary>
    protected PortionRequest Portions(bool isInOrder) => new(isInOrder, _maxTokens);

    /// <summary>Scores documents until the time is up.</summary>
    /// <param name="query">The query.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="scored">Where scores go, document by document.</param>
    /// <param name="clock">The time that there is.</param>
    /// <param name="run">Who waits, and whose turn it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    protected abstract Task<RerankingCosts> ScoreAsync(string query, string[] documents, RerankedDocument[] scored, BudgetClock clock, RunRequest run, CancellationToken cancellationToken);

    private async Task<RerankingResult> ScoreAsync(string query, string[] documents, RerankingOptions? options, RunRequest run, CancellationToken cancellationToken)
    {
        BudgetClock clock = new(options?.Budget, Stopwatch.GetTimestamp());
        RerankedDocument[] scored = [.. documents.Select((_, index) => new RerankedDocument(index, float.NegativeInfinity))];
        RerankingCosts costs = await ScoreAsync(query, documents, scored, clock, run, cancellationToken).ConfigureAwait(false);
        return Result(scored, costs, options);
    }

    private RerankingResult Result(RerankedDocument[] documents, RerankingCosts costs, RerankingOptions? options)
    {
        // By the logit, since an activation may round neighbours to one score; equals keep the input's order.
        Array.Sort(documents, static (a, b) => a.Logit != b.Logit ? (b.Logit ?? float.NegativeInfinity).CompareTo(a.Logit ?? float.NegativeInfinity) : a.Index.CompareTo(b.Index));
        return new RerankingResult(documents[..Math.Min(options?.TopN ?? documents.Length, documents.Length)])
        {
            ModelId = Runtime.ModelId,
            Usage = costs.Usage,
            AdditionalProperties = costs.Truncation,
        };
    }
}
