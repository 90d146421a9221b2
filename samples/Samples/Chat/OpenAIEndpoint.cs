using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace Samples.Chat;

/// <summary>An endpoint that speaks OpenAI's chat completions, with the model that answers.</summary>
internal sealed record OpenAIEndpoint(OpenAIClient Client, string Model)
{
    internal const string KeyVariable = "OPENAI_API_KEY";
    internal const string BaseUrlVariable = "OPENAI_BASE_URL";
    internal const string ModelVariable = "OPENAI_MODEL";
    internal const string DefaultModel = "gpt-4o-mini";

    /// <summary>Enough for a lost connection. The package's three let the user of a dead endpoint wait six seconds, not one.</summary>
    private const int Retries = 1;

    /// <summary>The endpoint of the environment where OPENAI_API_KEY is set (OPENAI_BASE_URL and OPENAI_MODEL are optional), otherwise null.</summary>
    /// <param name="environment">Gives the value of a variable, or null; blank values count as unset.</param>
    /// <param name="timeout">How long to wait for the endpoint to send something; null for the package's 100 seconds.</param>
    /// <exception cref="InvalidOperationException">OPENAI_BASE_URL is not an http or https address.</exception>
    public static OpenAIEndpoint? Find(Func<string, string?> environment, TimeSpan? timeout = null)
    {
        if (Value(environment, KeyVariable) is not { } key)
        {
            return null;
        }

        OpenAIClientOptions options = new() { RetryPolicy = new ClientRetryPolicy(Retries), NetworkTimeout = timeout };
        options.AddPolicy(new EventStreamPolicy(), PipelinePosition.PerCall);
        if (Value(environment, BaseUrlVariable) is { } address)
        {
            options.Endpoint = Endpoint(address);
        }

        return new OpenAIEndpoint(new OpenAIClient(new ApiKeyCredential(key), options), Value(environment, ModelVariable) ?? DefaultModel);
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
