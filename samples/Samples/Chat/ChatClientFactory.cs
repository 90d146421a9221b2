using Microsoft.Extensions.AI;

namespace Samples.Chat;

/// <summary>Makes the chat client that the environment asks for.</summary>
internal static class ChatClientFactory
{
    /// <summary>The client of an <see cref="OpenAIEndpoint"/> where the environment has one, otherwise an <see cref="ExtractiveChatClient"/>.</summary>
    /// <param name="environment">Gives the value of a variable, or null; blank values count as unset.</param>
    /// <param name="notify">Is told what the user should know while the endpoint answers.</param>
    /// <param name="time">The clock that waiting is measured by.</param>
    /// <exception cref="InvalidOperationException">OPENAI_BASE_URL is not an http or https address.</exception>
    public static IChatClient Create(Func<string, string?> environment, Action<string> notify, TimeProvider time) =>
        OpenAIEndpoint.Find(environment) is { } endpoint
            ? new EndpointChatClient(endpoint.Client.GetChatClient(endpoint.Model).AsIChatClient(), notify, time)
            : new ExtractiveChatClient();
}
