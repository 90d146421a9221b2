using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Hands a conversation to a retriever.</summary>
internal static class ConversationOptions
{
    /// <summary>A copy of the options with the messages before a query, unless they name some themselves; null where there is nothing to say.</summary>
    public static RetrievalOptions? Add(IReadOnlyList<ChatMessage>? conversation, RetrievalOptions? options)
    {
        RetrievalOptions? copy = options?.Clone();
        if (conversation is not { Count: > 0 } || copy?.Conversation is not null)
        {
            return copy;
        }

        copy ??= new RetrievalOptions();
        copy.Conversation = conversation;
        return copy;
    }
}
