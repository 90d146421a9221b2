using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;

namespace LocalRetrieval.Mcp.Chat;

/// <summary>The chat model that the environment names.</summary>
internal static class ChatModel
{
    public const string KeyVariable = "OPENAI_API_KEY";
    public const string BaseUrlVariable = "OPENAI_BASE_URL";
    public const string ModelVariable = "OPENAI_MODEL";

    private const string DefaultModel = "gpt-4o-mini";

    /// <summary>Adds the client of an endpoint that speaks OpenAI's chat completions where OPENAI_API_KEY is set; otherwise nothing.</summary>
    /// <exception cref="InvalidOperationException">OPENAI_BASE_URL is not an http or https address.</exception>
    public static void Add(IServiceCollection services, Func<string, string?> environment)
    {
        if (Value(environment, KeyVariable) is { } key)
        {
            OpenAIClientOptions options = new();
            if (Value(environment, BaseUrlVariable) is { } address)
            {
                options.Endpoint = Endpoint(address);
            }

            string model = Value(environment, ModelVariable) ?? DefaultModel;
            services.AddChatClient(_ => new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(model).AsIChatClient());
        }
    }

    private static string? Value(Func<string, string?> environment, string variable) => environment(variable)?.Trim() is { Length: > 0 } value ? value : null;

    private static Uri Endpoint(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw new InvalidOperationException($"{BaseUrlVariable} is '{address}', which is not an http or https address. Set it to one such as https://api.openai.com/v1, or clear it.");
}
