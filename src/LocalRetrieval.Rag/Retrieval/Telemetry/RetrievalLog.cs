using System.Linq.Expressions;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>What is logged of a retrieval.</summary>
/// <remarks>Safe for concurrent use if the logger is.</remarks>
internal sealed partial class RetrievalLog(ILogger logger)
{
    public async Task<TResult> RunAsync<TResult>(string query, RetrievalOptions? options, Expression? filter, Func<Task<TResult>> run)
        where TResult : RetrievalResult
    {
        LogStart(query, options, filter);
        try
        {
            TResult result = await run().ConfigureAwait(false);
            LogEnd(result);
            return result;
        }
        catch (OperationCanceledException)
        {
            LogCancelled();
            throw;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            throw;
        }
    }

    private void LogStart(string query, RetrievalOptions? options, Expression? filter)
    {
        if (logger.IsEnabled(LogLevel.Trace))
        {
            LogInvokedSensitive(query, options?.Top, options?.Conversation?.Count ?? 0, filter);
        }
        else
        {
            LogInvoked();
        }
    }

    private void LogEnd(RetrievalResult result)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            // The figures of a result, and what stages say of themselves: no texts.
            LogCompleted(result, result.Notes is null ? "none" : string.Join(" ", result.Notes.Select(note => $"{note.Stage}: {note.Text}")));
        }

        if (logger.IsEnabled(LogLevel.Trace))
        {
            string passages = string.Join(", ", result.Passages.Select(passage => $"'{passage.Source}' {passage.HeadingPath}"));
            LogFound(result.SearchQuery ?? result.Query, passages);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "RetrieveAsync invoked.")]
    private partial void LogInvoked();

    [LoggerMessage(Level = LogLevel.Trace, Message = "RetrieveAsync invoked: '{Query}'. Top: {Top}. Messages before: {Messages}. Filter: {Filter}.")]
    private partial void LogInvokedSensitive(string query, int? top, int messages, Expression? filter);

    [LoggerMessage(Level = LogLevel.Debug, Message = "RetrieveAsync completed: {Result}. Notes: {Notes}")]
    private partial void LogCompleted(RetrievalResult result, string notes);

    [LoggerMessage(Level = LogLevel.Trace, Message = "RetrieveAsync searched '{SearchQuery}' and found {Passages}.")]
    private partial void LogFound(string searchQuery, string passages);

    [LoggerMessage(Level = LogLevel.Debug, Message = "RetrieveAsync cancelled.")]
    private partial void LogCancelled();

    [LoggerMessage(Level = LogLevel.Error, Message = "RetrieveAsync failed.")]
    private partial void LogFailed(Exception exception);
}
