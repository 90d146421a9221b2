using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.AgentFramework;

/// <summary>Finds nothing where the inner retriever fails, and logs why.</summary>
internal sealed partial class FailureTolerantRetriever : DelegatingPassageRetriever
{
    private readonly ILogger _logger;

    private FailureTolerantRetriever(IPassageRetriever inner, ILogger logger)
        : base(inner) => _logger = logger;

    protected override bool LetsSourcesBeRead => true;

    /// <summary>The retriever itself where failures are thrown.</summary>
    public static IPassageRetriever Of(IPassageRetriever retriever, bool continueOnFailure, ILoggerFactory? loggerFactory) => continueOnFailure
        ? new FailureTolerantRetriever(retriever, loggerFactory?.CreateLogger(typeof(FailureTolerantRetriever).Namespace!) ?? NullLogger.Instance)
        : retriever;

    public override async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.RetrieveAsync(query, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(failure);
            return new RetrievalResult(query, []) { Notes = [new RetrievalNote { Stage = "retrieval", Text = $"The retrieval failed ({failure.GetType().Name}).", IsFailure = true }] };
        }
    }

    [LoggerMessage(LogLevel.Error, "The retrieval failed; the agent goes on without sources.")]
    private partial void LogFailed(Exception exception);
}
