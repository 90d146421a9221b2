using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>The updates of one response, each message followed by one with its citations.</summary>
internal sealed class StreamedResponse(ChatTurn turn, RetrievalChatOptions options)
{
    private readonly List<AIContent> _calls = [];
    private StreamedMessage? _message;

    /// <summary>The updates to deliver for the next one of the inner client.</summary>
    public IEnumerable<ChatResponseUpdate> Add(ChatResponseUpdate update)
    {
        if (_message is not null && !_message.Continues(update))
        {
            if (_message.End() is { Contents.Count: > 0 } end)
            {
                yield return end;
            }

            _message = null;
        }

        _calls.AddRange(update.Contents.Where(OpenCalls.Counts));
        yield return (_message ??= new StreamedMessage(turn, options)).Add(update);
    }

    /// <summary>The last update: the last message's citations, and what was retrieved among its properties.</summary>
    public ChatResponseUpdate End()
    {
        ChatResponseUpdate last = (_message ?? new StreamedMessage(turn, options)).End();
        last.AdditionalProperties = turn.AddTo(last.AdditionalProperties);
        if (!turn.IsCarried && last.ConversationId is null && OpenCalls.In(_calls))
        {
            last.AdditionalProperties![RetrievedTurn.Key] = turn.Retrieved;
        }

        return last;
    }
}
