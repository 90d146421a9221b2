using LocalRetrieval.Rag;
using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>What a session's state remembers of a conversation whose messages something else keeps: a service, or an agent.</summary>
internal sealed class SessionConversation(AgentSession? session, ConversationMemory memory)
{
    private const string StateKey = "localretrieval.conversation";

    /// <summary>Brings a conversation to mind, where the session knows it.</summary>
    public void Restore(string? id)
    {
        if (id is not null && SessionState.Read(session, StateKey) is { Turn: not null } state && state.ConversationId == id)
        {
            memory.Remember(id, ToTurn(state));
        }
    }

    /// <summary>Keeps what is remembered of a conversation.</summary>
    public void Save(string? id)
    {
        if (memory.Find(id) is { Retrieved: not null } turn)
        {
            SessionState.Write(session, StateKey, Of(id!, turn));
        }
    }

    private static ChatTurn ToTurn(RetrievalState state)
    {
        ContextSource[] sources = [.. state.Sources.Select(source => source.ToSource()).Reverse()];
        return new ChatTurn([], Options: null)
        {
            Retrieved = state.Turn!.ToTurn(),
            Known = sources,
            Searches = new TurnSearches(SourceNumbers.None.With(sources).From(state.Next)),
        };
    }

    private static RetrievalState Of(string id, ChatTurn turn) => new()
    {
        ConversationId = id,
        Turn = TurnData.Of(turn.Retrieved!),
        Sources = RetrievalState.Bounded(turn.Citable.Reverse()),
        Next = turn.Searches.Numbers.Next,
    };
}
