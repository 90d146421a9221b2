using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Copies of an inner client's response: it may be an instance of a cache, which must not gain citations.</summary>
internal static class CitedResponse
{
    /// <summary>A copy of <paramref name="response"/> with citations on its texts, and with <paramref name="result"/> and <paramref name="context"/> among its properties.</summary>
    public static ChatResponse Create(ChatResponse response, RetrievalResult result, RetrievalContext context) =>
        new([.. response.Messages.Select(message => Cite(message, context.Sources))])
        {
            ResponseId = response.ResponseId,
            ConversationId = response.ConversationId,
            ModelId = response.ModelId,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            Usage = response.Usage,
            ContinuationToken = response.ContinuationToken,
            RawRepresentation = response.RawRepresentation,
            AdditionalProperties = new(response.AdditionalProperties ?? [])
            {
                [RetrievalChatClient.ResultKey] = result,
                [RetrievalChatClient.ContextKey] = context,
            },
        };

    private static ChatMessage Cite(ChatMessage message, IReadOnlyList<ContextSource> sources)
    {
        ChatMessage copy = message.Clone();
        copy.Contents = [.. message.Contents.Select(content => content is TextContent text ? Cite(text, sources) : content)];
        return copy;
    }

    private static TextContent Cite(TextContent content, IReadOnlyList<ContextSource> sources) =>
        CitationMarkers.Find(content.Text, sources) is { Count: > 0 } citations
            ? new TextContent(content.Text)
            {
                Annotations = [.. content.Annotations ?? [], .. citations],
                RawRepresentation = content.RawRepresentation,
                AdditionalProperties = content.AdditionalProperties,
            }
            : content;
}
