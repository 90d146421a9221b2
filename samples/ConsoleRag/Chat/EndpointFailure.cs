using System.ClientModel;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ConsoleRag.Chat;

/// <summary>Says in one sentence why an endpoint gave no answer.</summary>
internal static class EndpointFailure
{
    /// <summary>Whether the endpoint is at fault, and not the caller, who may also have cancelled.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        ClientResultException or AggregateException or HttpRequestException or IOException => true,
        _ => IsUnreadable(exception),
    };

    /// <summary>The exception for the console, with <paramref name="exception"/> inside.</summary>
    public static HttpRequestException Of(Exception exception, ChatClientMetadata client)
    {
        // The package's retries throw all their failures together; the last one tells how it ended.
        Exception cause = exception is AggregateException { InnerExceptions: [.., var last] } ? last : exception;
        HttpStatusCode? status = cause is ClientResultException { Status: > 0 and var code } ? (HttpStatusCode)code : null;
        string reason = cause switch
        {
            ClientResultException when status is { } answer =>
                $"answered {(int)answer} ({answer}). {Hint(answer, client)}{OneLine(cause.Message)}",
            OperationCanceledException => "did not answer in time.",
            _ when IsUnreadable(cause) =>
                "gave an answer that is not a chat completion. Is the path of its address right? It often ends in /v1.",
            _ => $"could not be reached, or broke off. {OneLine((cause.InnerException ?? cause).Message)}",
        };
        return new HttpRequestException($"The chat endpoint {Address(client)} {reason}", exception, status);
    }

    /// <summary>What the package throws on an answer of another shape: it reads it without checking.</summary>
    private static bool IsUnreadable(Exception exception) =>
        exception is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException;

    private static string Hint(HttpStatusCode status, ChatClientMetadata client) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "It refused the API key. ",
        HttpStatusCode.NotFound => $"It does not know the path, or the model '{client.DefaultModelId}'. ",
        HttpStatusCode.TooManyRequests => "It limits requests, or the account has no credit. ",
        _ => "",
    };

    /// <summary>Without user name and query, which may hold secrets.</summary>
    private static string Address(ChatClientMetadata client) =>
        client.ProviderUri?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) ?? "";

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
