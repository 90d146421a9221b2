using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LocalRetrieval.Rag;

/// <summary>The names of all telemetry of this package, and the source and meter of one name.</summary>
/// <remarks>
/// Names are those of the OpenTelemetry semantic conventions for generative AI v1.41, which Microsoft.Extensions.AI 10.11 follows, and its source name. What the conventions do
/// not have is under <c>localretrieval.</c>. Sources live as long as the process. Safe for concurrent use.
/// </remarks>
internal sealed class RagTelemetry
{
    public const string DefaultSourceName = "Experimental.Microsoft.Extensions.AI";
    public const string SensitiveDataVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    public const string Retrieval = "retrieval";
    public const string Index = "index";
    public const string Sync = "sync";
    public const string Provider = "localretrieval";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string DataSourceId = "gen_ai.data_source.id";
    public const string TopK = "gen_ai.request.top_k";
    public const string QueryText = "gen_ai.retrieval.query.text";
    public const string Documents = "gen_ai.retrieval.documents";
    public const string ErrorType = "error.type";

    public const string PassageCount = "localretrieval.passages.count";
    public const string CandidateCount = "localretrieval.candidates.count";
    public const string StageName = "localretrieval.stage.name";
    public const string FailedStages = "localretrieval.stages.failed";
    public const string SyncScope = "localretrieval.sync.scope";
    public const string SyncFiles = "localretrieval.sync.files";

    public const string OperationDuration = "gen_ai.client.operation.duration";
    public const string StageDuration = "localretrieval.stage.duration";
    public const string StageCandidates = "localretrieval.stage.candidates";

    private static readonly ConcurrentDictionary<string, RagTelemetry> ByName = new(StringComparer.Ordinal);

    private readonly Histogram<double> _operationDuration;
    private readonly Histogram<double> _stageDuration;
    private readonly Histogram<int> _stageCandidates;

    private RagTelemetry(string name)
    {
        Source = new ActivitySource(name);
        Meter meter = new(name);

        // The description, unit and boundaries of Microsoft.Extensions.AI: one instrument of one meter must not have two.
        _operationDuration = meter.CreateHistogram<double>(
            OperationDuration,
            "s",
            "Measures the duration of a GenAI operation",
            advice: new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });
        _stageDuration = meter.CreateHistogram<double>(
            StageDuration,
            "s",
            "Measures the duration of a stage of a retrieval",
            advice: new() { HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] });
        _stageCandidates = meter.CreateHistogram<int>(
            StageCandidates,
            "{candidate}",
            "Measures the number of candidates that a stage of a retrieval found, read or kept",
            advice: new() { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] });
    }

    /// <summary>That of <see cref="DefaultSourceName"/>.</summary>
    public static RagTelemetry Default { get; } = Of(DefaultSourceName);

    public ActivitySource Source { get; }

    /// <summary>The one of a name; the default one where it is null or empty.</summary>
    public static RagTelemetry Of(string? sourceName) =>
        ByName.GetOrAdd(string.IsNullOrEmpty(sourceName) ? DefaultSourceName : sourceName, static name => new RagTelemetry(name));

    /// <summary>Marks an activity by the type of what failed; a message may hold what users wrote.</summary>
    public static void Fail(Activity? activity, Exception exception) =>
        activity?.SetTag(ErrorType, exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);

    public void RecordOperation(TimeSpan elapsed, string? dataSource, Exception? exception)
    {
        if (!_operationDuration.Enabled)
        {
            return;
        }

        TagList tags = new() { { OperationName, Retrieval }, { ProviderName, Provider } };
        Add(ref tags, DataSourceId, dataSource);
        Add(ref tags, ErrorType, exception?.GetType().FullName);
        _operationDuration.Record(elapsed.TotalSeconds, tags);
    }

    public void RecordStage(string stage, TimeSpan elapsed, int? candidates, Exception? exception)
    {
        if (!_stageDuration.Enabled && !_stageCandidates.Enabled)
        {
            return;
        }

        TagList tags = new() { { StageName, stage } };
        Add(ref tags, ErrorType, exception?.GetType().FullName);
        _stageDuration.Record(elapsed.TotalSeconds, tags);
        if (candidates is { } count)
        {
            _stageCandidates.Record(count, tags);
        }
    }

    private static void Add(ref TagList tags, string name, string? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}
