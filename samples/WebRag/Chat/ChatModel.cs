using Microsoft.Extensions.AI;
using Samples.Chat;

namespace WebRag.Chat;

/// <summary>What answers: the model of an endpoint, or quotes of the sources where there is none.</summary>
internal sealed record ChatModel(IChatClient Client, bool IsOffline) : IDisposable
{
    /// <summary>The model's name; null where none answers.</summary>
    public string? Name => IsOffline ? null : Client.GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <summary>What the environment asks for: OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL.</summary>
    public static ChatModel Create(Func<string, string?> environment)
    {
        IChatClient client = ChatClientFactory.Create(environment, static _ => { }, TimeProvider.System);
        return new ChatModel(client, client is ExtractiveChatClient);
    }

    public void Dispose() => Client.Dispose();
}
