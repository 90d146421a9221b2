using System.Text.Json;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Adds retrieval to chat completion.</summary>
public static class ChatCompletionRetrievalExtensions
{
    /// <summary>The key of a message's citations in its metadata: JSON that equals what <see cref="RetrievalChatClient.CitationsKey"/> holds elsewhere.</summary>
    public const string CitationsKey = "citations";

    /// <summary>A service that answers from the passages that <paramref name="retriever"/> finds.</summary>
    /// <remarks>See <see cref="RetrievalChatCompletionService"/>.</remarks>
    /// <param name="service">Answers.</param>
    /// <param name="retriever">Finds the passages.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> or <paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public static IChatCompletionService WithRetrieval(this IChatCompletionService service, IPassageRetriever retriever, RetrievalChatOptions? options = null) =>
        new RetrievalChatCompletionService(service, retriever, options);

    /// <summary>The sources that a message cites, with their numbers; empty where there are none.</summary>
    /// <remarks>They are read from the message's metadata, as it was made or as a serialized <see cref="ChatHistory"/> gave it back. A passage has no scores then.</remarks>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public static IReadOnlyList<ContextSource> GetCitedSources(this ChatMessageContent message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return CitationsOf(message.Metadata);
    }

    /// <summary>The sources that a streamed message cites, which are on its last content; empty where there are none.</summary>
    /// <param name="content">The content.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public static IReadOnlyList<ContextSource> GetCitedSources(this StreamingChatMessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return CitationsOf(content.Metadata);
    }

    private static IReadOnlyList<ContextSource> CitationsOf(IReadOnlyDictionary<string, object?>? metadata) =>
        metadata?.GetValueOrDefault(CitationsKey) is JsonElement citations
            ? new ChatMessage(ChatRole.Assistant, "") { AdditionalProperties = new() { [RetrievalChatClient.CitationsKey] = citations } }.GetCitedSources()
            : [];
}
