using System.Globalization;
using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Asks a chat client for a stage, and says how that failed instead of throwing.</summary>
/// <remarks>Safe for concurrent use if the client is.</remarks>
internal sealed partial class QueryChat(Func<IChatClient> getClient, QueryStageOptions options, ILogger logger)
{
    // Timers take no longer one: some 24 days.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly Lazy<IChatClient> _client = new(getClient);

    /// <summary>The answer's text without what a model thinks aloud; or why there is none.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<(string? Text, string Failure)> AskAsync(string instructions, string request, CancellationToken cancellationToken)
    {
        IChatClient client = _client.Value;
        using CancellationTokenSource timeout = new(options.Timeout < LongestTimeout ? options.Timeout.Value : Timeout.InfiniteTimeSpan, options.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            // A client that pays no heed to its token is left behind.
            ChatResponse? response = await client.GetResponseAsync(
                [new ChatMessage(ChatRole.System, instructions), new ChatMessage(ChatRole.User, request)], options.ChatOptions?.Clone(), either.Token)
                .WaitAsync(either.Token).ConfigureAwait(false);
            string text = QueryAnswer.WithoutThoughts(response?.Text ?? "");
            return string.IsNullOrWhiteSpace(text) ? (null, "gave an empty answer") : (text, "");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(exception);
            return (null, exception is OperationCanceledException && timeout.IsCancellationRequested
                ? string.Create(CultureInfo.InvariantCulture, $"took longer than {options.Timeout!.Value.TotalSeconds} s")
                : $"failed ({TypeNames.Of(exception.GetType())})");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chat client failed that prepares queries; the query is searched as it was asked.")]
    private partial void LogFailure(Exception exception);
}
