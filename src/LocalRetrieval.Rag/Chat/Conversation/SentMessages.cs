using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Messages as the inner client gets them: without what this library keeps in them for itself.</summary>
/// <remarks>What is kept there has timings, by which caches below would take equal conversations for different ones.</remarks>
internal static class SentMessages
{
    private static readonly string[] Keys = [RetrievalChatClient.CitationsKey, RetrievalChatClient.ResultKey, RetrievalChatClient.ContextKey, RetrievedTurn.Key];

    /// <summary>A list of the messages; those that hold something are copied.</summary>
    /// <exception cref="ArgumentException">A message is null.</exception>
    public static List<ChatMessage> Of(IEnumerable<ChatMessage> messages) => [.. messages.Select(Without)];

    private static ChatMessage Without(ChatMessage? message)
    {
        if (message is null)
        {
            throw new ArgumentException("A message is null.", nameof(message));
        }

        if (message.AdditionalProperties is not { } properties || !Array.Exists(Keys, properties.ContainsKey))
        {
            return message;
        }

        ChatMessage copy = message.Clone();
        AdditionalPropertiesDictionary left = new(properties.Where(property => !Keys.Contains(property.Key)));
        copy.AdditionalProperties = left.Count > 0 ? left : null;
        return copy;
    }
}
