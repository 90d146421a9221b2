using LocalRetrieval.Rag;

namespace LocalRetrieval.AgentFramework;

/// <summary>Options of <see cref="RetrievalAgentBuilderExtensions.UseRetrieval"/>.</summary>
public sealed class RetrievalAgentOptions
{
    /// <summary>The defaults.</summary>
    public RetrievalAgentOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of chat, retrieval and context included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public RetrievalAgentOptions(RetrievalAgentOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Chat = new RetrievalChatOptions(other.Chat);
        ScopedRetrieval = other.ScopedRetrieval;
        ContinueOnFailure = other.ContinueOnFailure;
    }

    /// <summary>What the model is told, how passages are retrieved, and how they become a context.</summary>
    /// <value>The defaults of <see cref="RetrievalChatOptions"/>. Its <see cref="RetrievalChatOptions.RememberedConversations"/> has no meaning here: each session remembers its own.</value>
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

    /// <summary>Whether the agent answers without sources where the retrieval fails: that is logged, and the model is told that none was found.</summary>
    /// <value>The default is false: what fails is thrown.</value>
    public bool ContinueOnFailure { get; set; }
}
