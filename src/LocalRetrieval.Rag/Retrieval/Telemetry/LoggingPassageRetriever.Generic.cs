using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Logs each retrieval: at <see cref="LogLevel.Debug"/> that it began, what it came to and whether it was cancelled, at <see cref="LogLevel.Error"/> that it failed.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>Query, filter and passages are logged at <see cref="LogLevel.Trace"/> alone, which is not for production. Safe for concurrent use if the logger is.</remarks>
public sealed class LoggingPassageRetriever<TRecord> : DelegatingPassageRetriever<TRecord>
    where TRecord : class
{
    private readonly RetrievalLog _log;

    /// <summary>Logs what <paramref name="innerRetriever"/> does.</summary>
    /// <param name="innerRetriever">The retriever that does the work.</param>
    /// <param name="logger">The logger.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerRetriever"/> or <paramref name="logger"/> is null.</exception>
    public LoggingPassageRetriever(IPassageRetriever<TRecord> innerRetriever, ILogger logger)
        : base(innerRetriever)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _log = new RetrievalLog(logger);
    }

    /// <inheritdoc />
    protected override bool LetsSourcesBeRead => true;

    /// <inheritdoc />
    public override Task<RetrievalResult<TRecord>> RetrieveAsync(
        string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default) =>
        _log.RunAsync(query, options, options?.Filter, () => base.RetrieveAsync(query, options, cancellationToken));
}
