using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using Samples.Chat;

namespace SemanticKernelRag.Chat;

/// <summary>Makes the chat completion that the environment asks for.</summary>
internal static class ChatCompletionFactory
{
    /// <summary>The completion of an <see cref="OpenAIEndpoint"/> where the environment has one, otherwise an <see cref="ExtractiveChatCompletion"/>.</summary>
    /// <param name="environment">Gives the value of a variable, or null; blank values count as unset.</param>
    /// <param name="notify">Is told what the user should know while the endpoint answers.</param>
    /// <param name="timeout">How long to wait for the endpoint to send something; null for the client's own time.</param>
    /// <exception cref="InvalidOperationException">OPENAI_BASE_URL is not an http or https address.</exception>
    public static IChatCompletionService Create(Func<string, string?> environment, Action<string> notify, TimeSpan? timeout)
    {
        if (OpenAIEndpoint.Find(environment, timeout) is not { } endpoint)
        {
            return new ExtractiveChatCompletion();
        }

        EndpointFailure failure = new(endpoint.Client.GetChatClient(endpoint.Model).AsIChatClient().GetService<ChatClientMetadata>());
        return new EndpointChatCompletion(new OpenAIChatCompletionService(endpoint.Model, endpoint.Client), failure, notify);
    }
}
