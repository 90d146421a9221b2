using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Hands on the tools of a request that fit its question.</summary>
internal sealed class ToolRetrievalChatClient(IChatClient innerClient, ToolRetriever retriever) : DelegatingChatClient(innerClient)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<ChatMessage> all = [.. messages];
        return await base.GetResponseAsync(all, await SelectAsync(all, options, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<ChatMessage> all = [.. messages];
        ChatOptions? selected = await SelectAsync(all, options, cancellationToken).ConfigureAwait(false);
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(all, selected, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    /// <summary>The options with the chosen tools: a copy, or themselves where all are handed on.</summary>
    private async Task<ChatOptions?> SelectAsync(List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        // A function that must be called is no question of choice.
        if (options?.Tools is not { Count: > 0 } tools || options.ToolMode is RequiredChatToolMode { RequiredFunctionName: not null } or NoneChatToolMode)
        {
            return options;
        }

        IReadOnlyList<AITool> selected = await retriever.SelectAsync(messages, tools, cancellationToken).ConfigureAwait(false);
        if (selected.Count == tools.Count)
        {
            return options;
        }

        ChatOptions copy = options.Clone();
        copy.Tools = [.. selected];
        return copy;
    }
}
