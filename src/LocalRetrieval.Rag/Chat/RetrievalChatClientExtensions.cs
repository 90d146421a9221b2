using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Adds retrieval to a chat client.</summary>
public static class RetrievalChatClientExtensions
{
    /// <summary>A client that answers from the passages that <paramref name="retriever"/> finds.</summary>
    /// <remarks>
    /// <para>For a pipeline: <see cref="RetrievalChatClientBuilderExtensions.UseRetrieval"/>.</para>
    /// <para>Citations are on the text that they belong to; of a stream they are on a last <see cref="TextContent"/> without text, with
    /// regions in the text of the whole message. See <see cref="RetrievalChatClient"/>.</para>
    /// </remarks>
    /// <param name="client">Answers.</param>
    /// <param name="retriever">Finds the passages.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public static RetrievalChatClient WithRetrieval(this IChatClient client, IPassageRetriever retriever, RetrievalChatOptions? options = null) =>
        new(client, retriever, options);

    /// <summary>The sources that a message of a <see cref="RetrievalChatClient"/> cites, with their numbers; empty where there are none.</summary>
    /// <remarks>They are read from the message's additional properties, from JSON too, and else from its annotations. A passage has no scores then.</remarks>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public static IReadOnlyList<ContextSource> GetCitedSources(this ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return [.. ConversationHistory.SourcesOf(message)];
    }
}
