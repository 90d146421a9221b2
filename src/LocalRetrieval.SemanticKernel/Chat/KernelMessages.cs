using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Messages of Semantic Kernel as those of Microsoft.Extensions.AI, and back, with all that they hold.</summary>
/// <remarks>A message that only passes through comes back as the object that it was: what no conversion knows stays in it.</remarks>
internal static class KernelMessages
{
    public static List<ChatMessage> ToMessages(ChatHistory history) => [.. history.Select(ToMessage)];

    public static ChatMessage ToMessage(ChatMessageContent content)
    {
        ChatMessage message = content.ToChatMessage();
        message.RawRepresentation = content;
        if (content.Metadata?.GetValueOrDefault(ChatCompletionRetrievalExtensions.CitationsKey) is { } citations)
        {
            message.AdditionalProperties = new(message.AdditionalProperties ?? []) { [RetrievalChatClient.CitationsKey] = citations };
        }

        return message;
    }

    public static ChatHistory ToHistory(IEnumerable<ChatMessage> messages) => [.. messages.Select(ToAsked)];

    /// <summary>A message that answers.</summary>
    public static ChatMessageContent ToContent(ChatMessage message)
    {
        ChatMessageContent content = (ChatMessageContent)message.RawRepresentation!;
        if (message.Text != string.Concat(content.Items.OfType<Microsoft.SemanticKernel.TextContent>().Select(text => text.Text)))
        {
            content = WithText(content, message.Text);
        }

        if (message.AdditionalProperties?.GetValueOrDefault(RetrievalChatClient.CitationsKey) is { } citations)
        {
            content.Metadata = With(content.Metadata, citations);
        }

        return content;
    }

    public static ChatResponseUpdate ToUpdate(StreamingChatMessageContent content) => new()
    {
        Role = content.Role is { } role ? new ChatRole(role.Label) : null,
        ModelId = content.ModelId,
        AuthorName = content.AuthorName,
        RawRepresentation = content,
        Contents = [.. content.Items.OfType<StreamingTextContent>().Where(text => text.Text is not null).Select(text => new Microsoft.Extensions.AI.TextContent(text.Text))],
    };

    /// <summary>A part of a streamed message.</summary>
    public static StreamingChatMessageContent ToContent(ChatResponseUpdate update)
    {
        StreamingChatMessageContent? inner = update.RawRepresentation as StreamingChatMessageContent;
        StreamingChatMessageContent content = inner is not null && (inner.Content ?? "") == update.Text
            ? inner
            : WithText(update, inner);
        if (update.AdditionalProperties?.GetValueOrDefault(RetrievalChatClient.CitationsKey) is { } citations)
        {
            content.Metadata = With(content.Metadata, citations);
        }

        return content;
    }

    /// <summary>A message that asks: the one that it was, unless sources were added to it.</summary>
    private static ChatMessageContent ToAsked(ChatMessage message)
    {
        ChatMessageContent? content = message.RawRepresentation as ChatMessageContent;
        return content is not null && message.Text == content.ToChatMessage().Text ? content : WithText(content ?? new ChatMessageContent { Role = new AuthorRole(message.Role.Value) }, message);
    }

    /// <summary>A copy whose texts are those of a message, in place of its own and before what else it holds.</summary>
    private static ChatMessageContent WithText(ChatMessageContent content, ChatMessage message)
    {
        ChatMessageContentItemCollection items = [];
        foreach (Microsoft.Extensions.AI.TextContent text in message.Contents.OfType<Microsoft.Extensions.AI.TextContent>())
        {
            items.Add(new Microsoft.SemanticKernel.TextContent(text.Text));
        }

        return WithItems(content, items);
    }

    private static ChatMessageContent WithText(ChatMessageContent content, string text) => WithItems(content, [new Microsoft.SemanticKernel.TextContent(text)]);

    private static ChatMessageContent WithItems(ChatMessageContent content, ChatMessageContentItemCollection items)
    {
        foreach (KernelContent other in content.Items.Where(item => item is not Microsoft.SemanticKernel.TextContent))
        {
            items.Add(other);
        }

        return new ChatMessageContent(content.Role, items, content.ModelId, content.InnerContent, content.Encoding, content.Metadata) { AuthorName = content.AuthorName };
    }

    private static StreamingChatMessageContent WithText(ChatResponseUpdate update, StreamingChatMessageContent? inner)
    {
        StreamingChatMessageContent content = new(
            update.Role is { } role ? new AuthorRole(role.Value) : inner?.Role, update.Text, inner?.InnerContent, inner?.ChoiceIndex ?? 0, update.ModelId, inner?.Encoding, inner?.Metadata)
        {
            AuthorName = update.AuthorName ?? inner?.AuthorName,
        };
        foreach (StreamingKernelContent other in (inner?.Items ?? []).Where(item => item is not StreamingTextContent))
        {
            content.Items.Add(other);
        }

        return content;
    }

    private static Dictionary<string, object?> With(IReadOnlyDictionary<string, object?>? metadata, object citations) =>
        new(metadata ?? new Dictionary<string, object?>()) { [ChatCompletionRetrievalExtensions.CitationsKey] = citations };
}
