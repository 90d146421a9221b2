using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Has another agent answer from passages, by a <see cref="RetrievalChatClient"/> around the agent's chat client, or around the agent where it has none.</summary>
internal sealed class RetrievalAgent : DelegatingAIAgent
{
    private readonly IPassageRetriever _retriever;
    private readonly RetrievalAgentOptions _options;
    private readonly bool _hasChatClient;

    public RetrievalAgent(AIAgent innerAgent, IPassageRetriever retriever, RetrievalAgentOptions options)
        : base(innerAgent)
    {
        _retriever = retriever;
        _options = options;
        _hasChatClient = innerAgent.GetService<ChatClientAgent>() is not null;

        // When it is built, rather than at the first question.
        RetrieverTokenCounter.Of(retriever, options.Chat.TokenCounter);
    }

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(_retriever) && !serviceType.IsInstanceOfType(this)
            ? _retriever
            : base.GetService(serviceType, serviceKey);
    }

    protected override async Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_hasChatClient)
        {
            ClientRun run = new(Around, options);
            AgentResponse response = await InnerAgent.RunAsync(messages, session, run.Options, cancellationToken).ConfigureAwait(false);
            run.ThrowIfNotAsked(InnerAgent);
            return response;
        }

        AgentCallClient call = new(InnerAgent, session, options);
        using RetrievalTurnClient chat = Around(call);
        return AgentCallClient.ToAgentResponse(await chat.GetResponseAsync(messages, call.Request, cancellationToken).ConfigureAwait(false));
    }

    protected override IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        _hasChatClient ? StreamClientAsync(messages, session, options, cancellationToken) : StreamAgentAsync(messages, session, options, cancellationToken);

    private async IAsyncEnumerable<AgentResponseUpdate> StreamClientAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session, AgentRunOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ClientRun run = new(Around, options);
        await foreach (AgentResponseUpdate update in InnerAgent.RunStreamingAsync(messages, session, run.Options, cancellationToken).ConfigureAwait(false))
        {
            run.ThrowIfNotAsked(InnerAgent);
            yield return update;
        }
    }

    private async IAsyncEnumerable<AgentResponseUpdate> StreamAgentAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session, AgentRunOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AgentCallClient call = new(InnerAgent, session, options);
        using RetrievalTurnClient chat = Around(call);
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(messages, call.Request, cancellationToken).ConfigureAwait(false))
        {
            yield return call.ToAgentUpdate(update);
        }
    }

    private RetrievalTurnClient Around(IChatClient client) => new(client, _retriever, _options);
}
