using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace ConsoleRag.Chat;

/// <summary>Makes the chat client that the environment asks for.</summary>
internal static class ChatClientFactory
{
    internal const string KeyVariable = "OPENAI_API_KEY";
    internal const string BaseUrlVariable = "OPENAI_BASE_URL";
    internal const string ModelVariable = "OPENAI_MODEL";
    internal const string DefaultModel = "gpt-4o-mini";

    /// <summary>Enough for a lost connection. The package's three let the user of a dead endpoint wait six seconds, not one.</summary>
    private const int Retries = 1;

    /// <summary>
    /// The client of an endpoint that speaks OpenAI's chat completions where OPENAI_API_KEY is set (OPENAI_BASE_URL and OPENAI_MODEL are
    /// optional), otherwise an <see cref="ExtractiveChatClient"/>.
    /// </summary>
    /// <param name="environment">Gives the value of a variable, or null; blank values count as unset.</param>
    /// <param name="notify">Is told what the user should know while the endpoint answers.</param>
    /// <param name="time">The clock that waiting is measured by.</param>
    /// <exception cref="InvalidOperationException">OPENAI_BASE_URL is not an http or https address.</exception>
    public static IChatClient Create(Func<string, string?> environment, Action<string> notify, TimeProvider time)
    {
        if (Value(environment, KeyVariable) is not { } key)
        {
            return new ExtractiveChatClient();
        }

        OpenAIClientOptions options = new() { RetryPolicy = new ClientRetryPolicy(Retries) };
        options.AddPolicy(new EventStreamPolicy(), PipelinePosition.PerCall);
        if (Value(environment, BaseUrlVariable) is { } address)
        {
            options.Endpoint = Endpoint(address);
        }

        string model = Value(environment, ModelVariable) ?? DefaultModel;
        IChatClient client = new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(model).AsIChatClient();
        return new EndpointChatClient(client, notify, time);
    }

    private static string? Value(Func<string, string?> environment, string variable) =>
        environment(variable)?.Trim() is { Length: > 0 } value ? value : null;

    private static Uri Endpoint(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw new InvalidOperationException(
                $"{BaseUrlVariable} is '{address}', which is not an http or https address. "
                + "Set it to one such as https://api.openai.com/v1, or clear it.");
}
