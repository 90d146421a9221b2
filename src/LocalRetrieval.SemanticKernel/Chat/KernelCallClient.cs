using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel;

/// <summary>One call of a chat completion as a chat client: with its settings and kernel, which other adapters drop.</summary>
/// <param name="service">Answers.</param>
/// <param name="settings">The settings of the call.</param>
/// <param name="kernel">The kernel whose functions may be called.</param>
/// <param name="history">The caller's history, to which goes what the service adds to its own.</param>
internal sealed class KernelCallClient(IChatCompletionService service, PromptExecutionSettings? settings, Kernel? kernel, ChatHistory history) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatHistory asked = KernelMessages.ToHistory(messages);
        int count = asked.Count;
        IReadOnlyList<ChatMessageContent> contents = await service.GetChatMessageContentsAsync(asked, settings, kernel, cancellationToken).ConfigureAwait(false);
        KeepAdded(asked, count);
        return new ChatResponse([.. contents.Select(content => KernelMessages.ToMessage(content))]) { ModelId = contents.Count > 0 ? contents[^1].ModelId : null };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatHistory asked = KernelMessages.ToHistory(messages);
        int count = asked.Count;
        await foreach (StreamingChatMessageContent content in service.GetStreamingChatMessageContentsAsync(asked, settings, kernel, cancellationToken).ConfigureAwait(false))
        {
            yield return KernelMessages.ToUpdate(content);
        }

        KeepAdded(asked, count);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(service) ? service : null;

    // The service is its owner's.
    public void Dispose()
    {
    }

    private void KeepAdded(ChatHistory asked, int count) => history.AddRange(asked.Skip(count).ToArray());
}
