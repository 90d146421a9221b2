using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;

namespace Samples.Chat;

/// <summary>Says in one sentence why an endpoint gave no answer.</summary>
internal sealed class EndpointFailure(ChatClientMetadata? client)
{
    /// <summary>The longest piece of an answer that a sentence quotes, in UTF-16 units.</summary>
    private const int MaxQuote = 200;

    /// <summary>The endpoint without user name and query, which may hold secrets.</summary>
    public string Address { get; } =
        client?.ProviderUri?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) ?? "";

    /// <summary>Whether the endpoint is at fault, and not the caller, who may also have cancelled.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && (exception is OperationCanceledException or ClientResultException or AggregateException or HttpRequestException or IOException
            || IsUnreadable(exception));

    /// <summary>The start of what an endpoint sent, on one line.</summary>
    public static string Quote(string sent)
    {
        string line = OneLine(sent);
        return line.Length switch
        {
            0 => "nothing",
            <= MaxQuote => line,
            _ => string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[MaxQuote - 1]) ? MaxQuote - 1 : MaxQuote), "…"),
        };
    }

    /// <summary>What failed, in a word that holds nothing of what was sent: a status, or the kind of the exception.</summary>
    public static string CodeOf(Exception exception) => Cause(exception) is ClientResultException { Status: > 0 } result
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{result.Status}")
        : Cause(exception).GetType().Name;

    /// <summary>Why there is no answer, or none any more.</summary>
    public string Of(Exception exception)
    {
        Exception cause = Cause(exception);
        string reason = cause switch
        {
            ClientResultException { Status: > 0 } result => OfStatus(result),
            OperationCanceledException => "did not answer in time.",
            _ when IsUnreadable(cause) => $"answered 200 (OK) with what is no chat completion. {OneLine(cause.Message)}",
            _ => $"could not be reached, or broke off. {OneLine((cause.InnerException ?? cause).Message)}",
        };
        return Because(reason);
    }

    /// <summary>Why a stream that came to its end is no whole answer, or null where it is one, or says so itself.</summary>
    public string? OfAnswer(IReadOnlyList<ChatResponseUpdate> updates)
    {
        ChatResponse response = updates.ToChatResponse();
        if (response.Messages.SelectMany(message => message.Contents).Any(content => content is ErrorContent))
        {
            return null;
        }

        StreamingChatCompletionUpdate[] sent = [.. updates.Select(update => update.RawRepresentation).OfType<StreamingChatCompletionUpdate>()];
        return OfAnswer(response.Text, response.FinishReason, sent);
    }

    /// <summary>Why what was streamed is neither a whole answer nor whole calls of functions, or null where it is.</summary>
    /// <param name="text">The text of the answer.</param>
    /// <param name="end">Why the stream ended, as it says; null where it does not.</param>
    /// <param name="sent">What was sent.</param>
    public string? OfAnswer(string text, ChatFinishReason? end, IReadOnlyList<StreamingChatCompletionUpdate> sent)
    {
        if (sent.Any(update => update.RefusalUpdate is not null))
        {
            return Because($"refused: {OneLine(string.Concat(sent.Select(update => update.RefusalUpdate)))}");
        }

        bool hasCalls = sent.Any(update => update.ToolCallUpdates.Count > 0);
        if (!hasCalls && string.IsNullOrWhiteSpace(text))
        {
            return Because($"answered 200 (OK) without a text. Its stream begins: {Quote(sent is [var first, ..] ? ModelReaderWriter.Write(first).ToString() : "")}");
        }

        return end is not { } reason ? Because("broke off before the end of its answer.")
            : reason != ChatFinishReason.Stop && !(hasCalls && reason == ChatFinishReason.ToolCalls) ? Because($"ended its answer early, for the reason '{reason}'.")
            : null;
    }

    /// <summary>The package's retries throw all their failures together; the last one tells how it ended.</summary>
    private static Exception Cause(Exception exception) => exception is AggregateException { InnerExceptions: [.., var last] } ? last : exception;

    private string Because(string reason) => $"The chat endpoint {Address} {reason}";

    private string OfStatus(ClientResultException result)
    {
        HttpStatusCode status = (HttpStatusCode)result.Status;

        // The package's own words where the body is not the error object of OpenAI.
        bool isUntold = result.Message.StartsWith("Service request failed", StringComparison.Ordinal);
        string told = isUntold ? $"It sent: {Quote(result.GetRawResponse()?.Content.ToString() ?? "")}" : OneLine(result.Message);
        return $"answered {result.Status} ({status}). {Hint(status)}{told}";
    }

    /// <summary>What the package throws on an answer of another shape: it reads it without checking.</summary>
    private static bool IsUnreadable(Exception exception) =>
        exception is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException;

    private string Hint(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "It refused the API key. ",
        HttpStatusCode.NotFound => $"It does not know the path, or the model '{client?.DefaultModelId}'. ",
        HttpStatusCode.TooManyRequests => "It limits requests, or the account has no credit. ",
        _ => "",
    };

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
