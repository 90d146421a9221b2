using System.Text;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>The text of one message of a stream, gathered for its citations, whose markers may be split between updates.</summary>
internal sealed class StreamedMessage
{
    private readonly StringBuilder _text = new();
    private ChatResponseUpdate? _first;

    /// <summary>Whether <paramref name="update"/> belongs to the same message; one without an id belongs to the message before it.</summary>
    public bool Continues(ChatResponseUpdate update) =>
        update.MessageId is null || _first?.MessageId is null || update.MessageId == _first.MessageId;

    public void Add(ChatResponseUpdate update)
    {
        if (_first?.MessageId is null)
        {
            _first = update;
        }

        _text.Append(update.Text);
    }

    /// <summary>The update with the citations, or null where there are none.</summary>
    public ChatResponseUpdate? Citations(IReadOnlyList<ContextSource> sources) =>
        Last(sources) is { Contents.Count: > 0 } update ? update : null;

    /// <summary>The update that ends the message, with the citations if there are any.</summary>
    public ChatResponseUpdate Last(IReadOnlyList<ContextSource> sources)
    {
        List<AIAnnotation> citations = CitationMarkers.Find(_text.ToString(), sources);
        return new ChatResponseUpdate(_first?.Role ?? ChatRole.Assistant, citations.Count == 0 ? [] : [new TextContent("") { Annotations = citations }])
        {
            MessageId = _first?.MessageId,
            ResponseId = _first?.ResponseId,
            ConversationId = _first?.ConversationId,
            ModelId = _first?.ModelId,
        };
    }
}
