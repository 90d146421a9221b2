using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>A <see cref="RetrievalChatClient"/> for one run of an agent: with the scope of the run's session, whose state remembers what the client would.</summary>
internal sealed class RetrievalTurnClient : DelegatingChatClient
{
    private readonly RetrievalAgentOptions _options;
    private readonly ConversationMemory _memory;

    public RetrievalTurnClient(IChatClient inner, IPassageRetriever retriever, RetrievalAgentOptions options)
        : this(inner, retriever, options, new ConversationMemory(capacity: 2))
    {
    }

    private RetrievalTurnClient(IChatClient inner, IPassageRetriever retriever, RetrievalAgentOptions options, ConversationMemory memory)
        : base(new RetrievalChatClient(inner, retriever, options.Chat, memory)) => (_options, _memory) = (options, memory);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        AgentSession? session = AIAgent.CurrentRunContext?.Session;
        SessionConversation conversation = new(session, _memory);
        conversation.Restore(options?.ConversationId);
        ChatResponse response = await base.GetResponseAsync(ContextMessages.QuestionLast(messages), Scope(options, session), cancellationToken).ConfigureAwait(false);
        conversation.Save(response.ConversationId ?? options?.ConversationId);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AgentSession? session = AIAgent.CurrentRunContext?.Session;
        SessionConversation conversation = new(session, _memory);
        conversation.Restore(options?.ConversationId);
        string? id = options?.ConversationId;
        try
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(
                ContextMessages.QuestionLast(messages), Scope(options, session), cancellationToken).ConfigureAwait(false))
            {
                id = update.ConversationId ?? id;
                yield return update;
            }
        }
        finally
        {
            // A stream that is not read to its end as well: the service has the question.
            conversation.Save(id);
        }
    }

    /// <summary>The options of a request with those of the session's scope.</summary>
    /// <exception cref="InvalidOperationException">A scope is missing, would be lost, or stands against options of the request.</exception>
    private ChatOptions? Scope(ChatOptions? options, AgentSession? session)
    {
        if (ScopedOptions.For(session, _options.ScopedRetrieval, unscoped: null) is not { } scoped)
        {
            return options;
        }

        ChatOptionsRetrievalExtensions.Take(options, out RetrievalOptions? given);
        return given is null
            ? (options ?? new ChatOptions()).WithRetrieval(scoped)
            : throw new InvalidOperationException("The run has retrieval options of its own, and its session a scope, whose filter they would take the place of. Leave out WithRetrieval, or ScopedRetrieval.");
    }
}
