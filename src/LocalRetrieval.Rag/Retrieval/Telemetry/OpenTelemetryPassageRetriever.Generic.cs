using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>Tells OpenTelemetry of each retrieval, by the semantic conventions for generative AI.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>
/// <para>A retrieval is an activity <c>retrieval {collection}</c>, with one for each stage under it, rewriting and the like included where they are within this retriever:
/// make it the outermost. Histograms are <c>gen_ai.client.operation.duration</c>, <c>localretrieval.stage.duration</c> and <c>localretrieval.stage.candidates</c>. Failures
/// are told by the type of their exception.</para>
/// <para>A <see cref="PassageRetriever{TKey, TRecord}"/> tells the same by itself, under the default source name and without texts; this retriever sets another name, or
/// adds the texts.</para>
/// <para>The conventions (v1.41, as Microsoft.Extensions.AI 10.11 follows them) are experimental and may change. Safe for concurrent use once set up.</para>
/// </remarks>
public sealed class OpenTelemetryPassageRetriever<TRecord> : DelegatingPassageRetriever<TRecord>
    where TRecord : class
{
    private readonly RetrievalObserver _observer;

    /// <summary>Tells of what <paramref name="innerRetriever"/> does.</summary>
    /// <param name="innerRetriever">The retriever that does the work.</param>
    /// <param name="sourceName">The name of source and meter; null or empty for that of Microsoft.Extensions.AI, <c>Experimental.Microsoft.Extensions.AI</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerRetriever"/> is null.</exception>
    public OpenTelemetryPassageRetriever(IPassageRetriever<TRecord> innerRetriever, string? sourceName = null)
        : base(innerRetriever) => _observer = new RetrievalObserver(RagTelemetry.Of(sourceName));

    /// <summary>Whether the texts of queries and passages are told.</summary>
    /// <value>The default is false, or true where the environment variable <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> is "true".</value>
    public bool EnableSensitiveData
    {
        get => _observer.EnableSensitiveData;
        set => _observer.EnableSensitiveData = value;
    }

    /// <inheritdoc />
    protected override bool LetsSourcesBeRead => true;

    /// <inheritdoc />
    public override Task<RetrievalResult<TRecord>> RetrieveAsync(
        string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        return _observer.RunAsync(query, options, () => base.RetrieveAsync(query, options, cancellationToken));
    }

    /// <inheritdoc />
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ActivitySource) ? _observer.Source : base.GetService(serviceType, serviceKey);
}
