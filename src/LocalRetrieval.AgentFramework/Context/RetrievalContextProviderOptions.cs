using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Options of a <see cref="RetrievalContextProvider"/>.</summary>
public sealed class RetrievalContextProviderOptions
{
    /// <summary>The defaults.</summary>
    public RetrievalContextProviderOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of chat, retrieval and context included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public RetrievalContextProviderOptions(RetrievalContextProviderOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Chat = new RetrievalChatOptions(other.Chat);
        ScopedRetrieval = other.ScopedRetrieval;
        MessageFilter = other.MessageFilter;
        RememberedMessages = other.RememberedMessages;
        ContinueOnFailure = other.ContinueOnFailure;
        StateKey = other.StateKey;
    }

    /// <summary>What the model is told, how passages are retrieved, and how they become a context.</summary>
    /// <value>The defaults of <see cref="RetrievalChatOptions"/>. Of them, what an answer's text may not hold has no meaning here: a provider does not see answers before they are given.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RetrievalChatOptions Chat
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Chat));
            field = value;
        }
    } = new();

    /// <summary>Makes the options of a retrieval, such as a filter, of the session's scope (<see cref="RetrievalSessionExtensions.SetRetrievalScope"/>), in place of those of <see cref="Chat"/>.</summary>
    /// <value>Null where sessions have no scope. The default is null. Where it is set, a run of a session without a scope is refused; where it is not, one with a scope is.</value>
    public Func<string, RetrievalOptions>? ScopedRetrieval { get; set; }

    /// <summary>Which of the messages, the session's history included, make the query and the conversation: of those that it gives, the last user message is the query, and those before it are
    /// <see cref="RetrievalOptions.Conversation"/>.</summary>
    /// <value>Null for all but those that context providers added. The default is null. Sources of earlier turns are left out before.</value>
    public Func<IEnumerable<ChatMessage>, IEnumerable<ChatMessage>>? MessageFilter { get; set; }

    /// <summary>How many of the last messages the session remembers, for where a run's messages hold no history since a service keeps it.</summary>
    /// <value>0 or more. The default is 6.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int RememberedMessages
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(RememberedMessages));
            field = value;
        }
    } = 6;

    /// <summary>Whether a run goes on without sources where the retrieval fails: that is logged, and the model is told that none was found.</summary>
    /// <value>The default is false: what fails is thrown.</value>
    public bool ContinueOnFailure { get; set; }

    /// <summary>The key of what the provider remembers in the session's state.</summary>
    /// <value>The default is <c>localretrieval.context</c>. Two providers of one agent need two keys.</value>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string StateKey
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(StateKey));
            field = value;
        }
    } = "localretrieval.context";
}
