using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Has the functions of an agent search within the turn of its session.</summary>
/// <remarks>Safe for concurrent use, with a session of its own for each conversation.</remarks>
internal sealed class TurnTools(RetrievalContextProviderOptions options)
{
    private readonly ConditionalWeakTable<AgentSession, TurnSearches> _searches = [];

    /// <summary>A turn begins: what its functions find is numbered anew.</summary>
    public void Begin(AgentSession? session)
    {
        if (session is not null)
        {
            _searches.Remove(session);
        }
    }

    /// <summary>The tools, with their functions in the turn of a session.</summary>
    /// <param name="tools">The tools; null for none.</param>
    /// <param name="session">The session of the run.</param>
    /// <param name="retrieved">The sources of the turn.</param>
    public IEnumerable<AITool>? Wrap(IEnumerable<AITool>? tools, AgentSession? session, IReadOnlyList<ContextSource> retrieved)
    {
        if (tools is null)
        {
            return null;
        }

        TurnSearches searches = Find(session) ?? Create(session, retrieved);
        return [.. tools.Select(tool => tool is AIFunction function ? new TurnFunction(function, () => TurnOf(session, searches)) : tool)];
    }

    /// <summary>What the functions of a session's turn found; null where it has none.</summary>
    public TurnSearches? Find(AgentSession? session) => session is not null && _searches.TryGetValue(session, out TurnSearches? searches) ? searches : null;

    private TurnSearches Create(AgentSession? session, IReadOnlyList<ContextSource> retrieved)
    {
        RetrievalState state = SessionState.Read(session, options.StateKey);
        TurnSearches searches = new(SourceNumbers.None.With([.. state.Sources.Select(source => source.ToSource())]).With(retrieved).From(state.Next));
        if (session is not null)
        {
            _searches.AddOrUpdate(session, searches);
        }

        return searches;
    }

    /// <exception cref="InvalidOperationException">A scope is missing, or would be lost.</exception>
    private ChatTurn TurnOf(AgentSession? session, TurnSearches searches)
    {
        RetrievalOptions? retrieval = ScopedOptions.For(session, options.ScopedRetrieval, options.Chat.Retrieval);
        ChatTurn? outer = ChatTurn.Current;
        return new ChatTurn([], Options: null)
        {
            Retrieval = SearchOptions.Of(outer, retrieval),
            IsOfRequest = options.ScopedRetrieval is not null || outer?.IsOfRequest == true,
            Searches = searches,
        };
    }
}
