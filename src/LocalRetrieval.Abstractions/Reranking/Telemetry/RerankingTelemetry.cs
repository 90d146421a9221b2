using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LocalRetrieval;

/// <summary>The names of what is told of rerankings, and the source and meter of one name.</summary>
/// <remarks>
/// Names are those of the OpenTelemetry semantic conventions for generative AI v1.41, which Microsoft.Extensions.AI 10.11 follows. They have no reranking yet: the operation is named as the
/// others are, and what they lack is under <c>localretrieval.</c>. Sources live as long as the process. Safe for concurrent use.
/// </remarks>
internal sealed class RerankingTelemetry
{
    public const string DefaultSourceName = "Experimental.Microsoft.Extensions.AI";
    public const string SensitiveDataVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    public const string Rerank = "rerank";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseModel = "gen_ai.response.model";
    public const string TopK = "gen_ai.request.top_k";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string TokenType = "gen_ai.token.type";
    public const string QueryText = "gen_ai.retrieval.query.text";
    public const string Documents = "gen_ai.retrieval.documents";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";
    public const string DocumentCount = "localretrieval.documents.count";
    public const string ReturnedCount = "localretrieval.documents.returned";

    private static readonly ConcurrentDictionary<string, RerankingTelemetry> ByName = new(StringComparer.Ordinal);

    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _tokens;

    private RerankingTelemetry(string name)
    {
        Source = new ActivitySource(name);
        Meter meter = new(name);

        // The description, unit and boundaries of Microsoft.Extensions.AI: one instrument of one meter must not have two.
        _duration = meter.CreateHistogram<double>(
            "gen_ai.client.operation.duration",
            "s",
            "Measures the duration of a GenAI operation",
            advice: new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });
        _tokens = meter.CreateHistogram<int>(
            "gen_ai.client.token.usage",
            "{token}",
            "Measures number of input and output tokens used",
            advice: new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864] });
    }

    public ActivitySource Source { get; }

    /// <summary>Whether anything listens.</summary>
    public bool IsEnabled => Source.HasListeners() || _duration.Enabled || _tokens.Enabled;

    /// <summary>The one of a name; the default one where it is null or empty.</summary>
    public static RerankingTelemetry Of(string? sourceName) =>
        ByName.GetOrAdd(string.IsNullOrEmpty(sourceName) ? DefaultSourceName : sourceName, static name => new RerankingTelemetry(name));

    public void Record(TimeSpan elapsed, TextRerankerMetadata? metadata, RerankingResult? result, Exception? failure)
    {
        if (!_duration.Enabled && !_tokens.Enabled)
        {
            return;
        }

        TagList tags = Tags(metadata, result);
        if (_tokens.Enabled && result?.Usage?.InputTokenCount is { } tokens)
        {
            TagList input = tags;
            input.Add(TokenType, "input");
            _tokens.Record((int)Math.Min(tokens, int.MaxValue), input);
        }

        Add(ref tags, ErrorType, failure?.GetType().FullName);
        _duration.Record(elapsed.TotalSeconds, tags);
    }

    private static TagList Tags(TextRerankerMetadata? metadata, RerankingResult? result)
    {
        TagList tags = new() { { OperationName, Rerank } };
        Add(ref tags, RequestModel, metadata?.DefaultModelId);
        Add(ref tags, ProviderName, metadata?.ProviderName);
        Add(ref tags, ServerAddress, metadata?.ProviderUri?.Host);
        Add(ref tags, ServerPort, metadata?.ProviderUri?.Port);
        Add(ref tags, ResponseModel, result?.ModelId);
        return tags;
    }

    private static void Add(ref TagList tags, string name, object? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}
