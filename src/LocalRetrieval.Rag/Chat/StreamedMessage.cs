using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>One message of a stream, whose markers may be split between updates.</summary>
internal sealed class StreamedMessage(ChatTurn turn, RetrievalChatOptions options)
{
    private readonly CitedMessage _cited = new(turn, options);
    private ChatRole? _role;
    private string? _messageId;
    private string? _authorName;
    private ChatResponseUpdate? _last;

    /// <summary>Whether <paramref name="update"/> belongs to the same message, as <see cref="ChatResponseExtensions.ToChatResponse"/> tells it.</summary>
    public bool Continues(ChatResponseUpdate update) =>
        !Differ(update.MessageId, _messageId) && !Differ(update.AuthorName, _authorName) && (update.Role is null || _role is null || update.Role == _role);

    /// <summary>Reads the next update; gives it, or a copy with what of its text is to be delivered.</summary>
    public ChatResponseUpdate Add(ChatResponseUpdate update)
    {
        _role = update.Role ?? _role;
        _messageId = string.IsNullOrEmpty(update.MessageId) ? _messageId : update.MessageId;
        _authorName = string.IsNullOrEmpty(update.AuthorName) ? _authorName : update.AuthorName;
        _last = update;
        if (_role is not null && _role != ChatRole.Assistant)
        {
            return update;
        }

        List<AIContent> contents = [.. update.Contents.Select(content => content is TextContent text ? Read(text) : content)];
        if (!_cited.Removes)
        {
            return update;
        }

        ChatResponseUpdate copy = update.Clone();
        copy.Contents = contents;
        return copy;
    }

    /// <summary>The update that ends the message: what was held back, and its citations.</summary>
    public ChatResponseUpdate End()
    {
        string rest = _cited.Complete();
        List<AIAnnotation> citations = _cited.Citations();
        List<AIContent> contents = _cited.Removes && rest.Length > 0 ? [new TextContent(rest)] : [];
        if (citations.Count > 0)
        {
            contents.Add(new TextContent("") { Annotations = citations });
        }

        return new ChatResponseUpdate(_role ?? ChatRole.Assistant, contents)
        {
            MessageId = _messageId,
            ResponseId = _last?.ResponseId,
            ConversationId = _last?.ConversationId,
            ModelId = _last?.ModelId,
            AdditionalProperties = _cited.AddTo(null),
        };
    }

    private TextContent Read(TextContent content)
    {
        string text = _cited.Append(content.Text);
        return text == content.Text ? content : new TextContent(text)
        {
            Annotations = content.Annotations,
            RawRepresentation = content.RawRepresentation,
            AdditionalProperties = content.AdditionalProperties,
        };
    }

    private static bool Differ(string? one, string? other) => !string.IsNullOrEmpty(one) && !string.IsNullOrEmpty(other) && one != other;
}
