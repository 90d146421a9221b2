using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>One run of an agent as a chat client: a session is a conversation whose messages the agent keeps.</summary>
internal sealed class AgentCallClient : IChatClient
{
    private const string SessionConversation = "localretrieval.session";

    private readonly AIAgent _agent;
    private readonly AgentSession? _session;
    private readonly AgentRunOptions? _options;
    private readonly string? _conversation;

    public AgentCallClient(AIAgent agent, AgentSession? session, AgentRunOptions? options)
    {
        (_agent, _session) = (agent, session);
        _options = RetrievalRunOptionsExtensions.Take(options, out RetrievalOptions? retrieval);
        _conversation = session is null ? null : SessionConversation;
        ChatOptions request = new() { ConversationId = _conversation };
        Request = retrieval is null ? request : request.WithRetrieval(retrieval);
    }

    /// <summary>What a client around this one is asked with.</summary>
    public ChatOptions Request { get; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        AgentResponse response = await _agent.RunAsync(messages, _session, _options, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{_agent.GetType().Name} gave null instead of an {nameof(AgentResponse)}.");
        return new ChatResponse(response.Messages) { ConversationId = _conversation, AdditionalProperties = response.AdditionalProperties, RawRepresentation = response };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (AgentResponseUpdate update in _agent.RunStreamingAsync(messages, _session, _options, cancellationToken).ConfigureAwait(false))
        {
            yield return new ChatResponseUpdate(update.Role, update.Contents)
            {
                AuthorName = update.AuthorName,
                MessageId = update.MessageId,
                ResponseId = update.ResponseId,
                ConversationId = _conversation,
                AdditionalProperties = update.AdditionalProperties,
                RawRepresentation = update,
            };
        }
    }

    /// <summary>The agent's response with the messages and properties of one that was made of it.</summary>
    public static AgentResponse ToAgentResponse(ChatResponse response)
    {
        AgentResponse given = (AgentResponse)response.RawRepresentation!;
        return new AgentResponse(response.Messages)
        {
            AgentId = given.AgentId,
            ResponseId = given.ResponseId,
            ContinuationToken = given.ContinuationToken,
            CreatedAt = given.CreatedAt,
            FinishReason = given.FinishReason,
            Usage = given.Usage,
            RawRepresentation = given.RawRepresentation,
            AdditionalProperties = response.AdditionalProperties,
        };
    }

    /// <summary>The agent's update, or one that was made of it or behind it.</summary>
    public AgentResponseUpdate ToAgentUpdate(ChatResponseUpdate update)
    {
        AgentResponseUpdate? given = update.RawRepresentation as AgentResponseUpdate;
        return given is not null && ReferenceEquals(given.Contents, update.Contents) && ReferenceEquals(given.AdditionalProperties, update.AdditionalProperties) ? given : new AgentResponseUpdate(update.Role, update.Contents)
        {
            AgentId = given?.AgentId ?? _agent.Id,
            AuthorName = update.AuthorName,
            MessageId = update.MessageId,
            ResponseId = update.ResponseId,
            ContinuationToken = given?.ContinuationToken,
            CreatedAt = given?.CreatedAt,
            FinishReason = given?.FinishReason,
            RawRepresentation = given?.RawRepresentation,
            AdditionalProperties = update.AdditionalProperties,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType.IsInstanceOfType(this) ? this : _agent.GetService(serviceType);

    // The agent is its owner's.
    public void Dispose()
    {
    }
}
