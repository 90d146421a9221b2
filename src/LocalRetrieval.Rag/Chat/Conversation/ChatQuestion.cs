using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Finds what a conversation asks.</summary>
internal static class ChatQuestion
{
    /// <summary>The index of the last user message, or -1. One that only answers whether a tool may be called belongs to the turn of the message before it.</summary>
    public static int LastIndexIn(IReadOnlyList<ChatMessage> messages)
    {
        int index = messages.Count - 1;
        while (index >= 0 && !Is(messages[index]))
        {
            index--;
        }

        return index;
    }

    /// <summary>Whether a message is a user's, and more than the answer to a request of a tool.</summary>
    public static bool Is(ChatMessage message) =>
        message.Role == ChatRole.User && !(message.Contents.Count > 0 && message.Contents.All(content => content is InputResponseContent or FunctionResultContent));
}
