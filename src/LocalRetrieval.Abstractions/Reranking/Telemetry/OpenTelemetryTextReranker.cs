using System.Diagnostics;

namespace LocalRetrieval;

/// <summary>Tells OpenTelemetry of each reranking, by the semantic conventions for generative AI.</summary>
/// <remarks>
/// <para>A reranking is an activity <c>rerank {model}</c> with <c>gen_ai.operation.name</c>, <c>gen_ai.request.model</c>, <c>gen_ai.provider.name</c>, <c>gen_ai.request.top_k</c>,
/// <c>gen_ai.response.model</c>, <c>gen_ai.usage.input_tokens</c>, <c>localretrieval.documents.count</c> and <c>localretrieval.documents.returned</c>. Histograms are
/// <c>gen_ai.client.operation.duration</c> and <c>gen_ai.client.token.usage</c>. Failures are told by the type of their exception (<c>error.type</c>), since its message may hold what users wrote.</para>
/// <para>The conventions (v1.41, as Microsoft.Extensions.AI 10.11 follows them) are experimental and may change. Where nobody listens, a call is handed on as it is. Safe for concurrent use once
/// set up.</para>
/// </remarks>
public sealed class OpenTelemetryTextReranker : DelegatingTextReranker
{
    private readonly RerankingTelemetry _telemetry;
    private readonly TextRerankerMetadata? _metadata;

    /// <summary>Tells of what <paramref name="innerReranker"/> does.</summary>
    /// <param name="innerReranker">The reranker that does the work.</param>
    /// <param name="sourceName">The name of source and meter; null or empty for that of Microsoft.Extensions.AI, <c>Experimental.Microsoft.Extensions.AI</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerReranker"/> is null.</exception>
    public OpenTelemetryTextReranker(ITextReranker innerReranker, string? sourceName = null)
        : base(innerReranker)
    {
        _telemetry = RerankingTelemetry.Of(sourceName);
        _metadata = innerReranker.GetService<TextRerankerMetadata>();
    }

    /// <summary>Whether the texts of queries and documents are told.</summary>
    /// <value>The default is false, or true where the environment variable <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> is "true".</value>
    public bool EnableSensitiveData { get; set; } =
        string.Equals(Environment.GetEnvironmentVariable(RerankingTelemetry.SensitiveDataVariable), "true", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        return _telemetry.IsEnabled ? ObserveAsync(query, documents, options, cancellationToken) : base.RerankAsync(query, documents, options, cancellationToken);
    }

    /// <inheritdoc />
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ActivitySource) ? _telemetry.Source : base.GetService(serviceType, serviceKey);

    private async Task<RerankingResult> ObserveAsync(string query, IReadOnlyList<string> documents, RerankingOptions? options, CancellationToken cancellationToken)
    {
        using Activity? activity = RerankingActivity.Start(_telemetry.Source, _metadata, documents.Count, options);
        long start = Stopwatch.GetTimestamp();
        RerankingResult? result = null;
        Exception? failure = null;
        try
        {
            return result = await base.RerankAsync(query, documents, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            _telemetry.Record(Stopwatch.GetElapsedTime(start), _metadata, result, failure);
            RerankingActivity.Describe(activity, result, failure);
            if (EnableSensitiveData)
            {
                RerankingActivity.DescribeTexts(activity, query, documents, result);
            }
        }
    }
}
