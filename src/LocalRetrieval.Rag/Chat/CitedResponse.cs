using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Copies of an inner client's response: it may be an instance of a cache, which must not gain citations.</summary>
internal static class CitedResponse
{
    /// <summary>A copy of <paramref name="response"/> with the citations of its messages, and with what was retrieved among its properties.</summary>
    public static ChatResponse Create(ChatResponse response, ChatTurn turn, RetrievalChatOptions options)
    {
        List<ChatMessage> messages = [.. response.Messages.Select(message => message.Role == ChatRole.Assistant ? Cite(message, turn, options) : message.Clone())];
        if (!turn.IsCarried && response.ConversationId is null && messages.Count > 0 && OpenCalls.In(messages.SelectMany(message => message.Contents)))
        {
            messages[^1].AdditionalProperties = new(messages[^1].AdditionalProperties ?? []) { [RetrievedTurn.Key] = turn.Retrieved };
        }

        return new ChatResponse(messages)
        {
            ResponseId = response.ResponseId,
            ConversationId = response.ConversationId,
            ModelId = response.ModelId,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            Usage = response.Usage,
            ContinuationToken = response.ContinuationToken,
            RawRepresentation = response.RawRepresentation,
            AdditionalProperties = turn.AddTo(response.AdditionalProperties),
        };
    }

    private static ChatMessage Cite(ChatMessage message, ChatTurn turn, RetrievalChatOptions options)
    {
        CitedMessage cited = new(turn, options);
        List<(AIContent Content, string? Text, int Offset)> parts = [];
        foreach (AIContent content in message.Contents)
        {
            int offset = cited.Length;
            parts.Add((content, content is TextContent text ? cited.Append(text.Text) : null, offset));
        }

        Append(parts, cited.Complete());
        ChatMessage copy = message.Clone();
        copy.Contents = [.. parts.Select(part => part is { Content: TextContent content, Text: { } text } ? Cite(content, text, cited.Citations(part.Offset, text.Length)) : part.Content)];
        copy.AdditionalProperties = cited.AddTo(message.AdditionalProperties);
        return copy;
    }

    /// <summary>What was held back ends the last text.</summary>
    private static void Append(List<(AIContent Content, string? Text, int Offset)> parts, string rest)
    {
        int last = parts.FindLastIndex(part => part.Text is not null);
        if (last >= 0)
        {
            parts[last] = parts[last] with { Text = parts[last].Text + rest };
        }
    }

    private static TextContent Cite(TextContent content, string text, List<AIAnnotation> citations) => citations.Count == 0 && text == content.Text
        ? content
        : new TextContent(text)
        {
            Annotations = citations.Count == 0 ? content.Annotations : [.. content.Annotations ?? [], .. citations],
            RawRepresentation = content.RawRepresentation,
            AdditionalProperties = content.AdditionalProperties,
        };
}
