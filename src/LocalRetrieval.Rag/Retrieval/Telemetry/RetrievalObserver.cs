using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>Tells of the retrievals of one retriever.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RetrievalObserver(RagTelemetry telemetry)
{
    // Where a cache answers, no collection is asked for its name.
    private volatile string? _dataSource;

    public ActivitySource Source => telemetry.Source;

    public bool EnableSensitiveData { get; set; } =
        string.Equals(Environment.GetEnvironmentVariable(RagTelemetry.SensitiveDataVariable), "true", StringComparison.OrdinalIgnoreCase);

    public async Task<TResult> RunAsync<TResult>(string query, RetrievalOptions? options, Func<Task<TResult>> run)
        where TResult : RetrievalResult
    {
        RetrievalDetails details = new(query, options?.Top, EnableSensitiveData) { DataSource = _dataSource };
        TResult result = await RetrievalOperation.RunAsync(telemetry, details, run).ConfigureAwait(false);
        _dataSource = details.DataSource;
        return result;
    }
}
