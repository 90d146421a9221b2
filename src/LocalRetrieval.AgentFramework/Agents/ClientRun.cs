using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>One run of an agent over a chat client, by options that put another client around that.</summary>
internal sealed class ClientRun
{
    private bool _isAsked;

    public ClientRun(Func<IChatClient, IChatClient> around, AgentRunOptions? options)
    {
        ChatClientAgentRunOptions copy = Copy(options);
        Func<IChatClient, IChatClient>? given = copy.ChatClientFactory;
        copy.ChatClientFactory = client =>
        {
            _isAsked = true;
            return around(given?.Invoke(client) ?? client);
        };
        Options = copy;
    }

    /// <summary>The caller's options, with the client around.</summary>
    public AgentRunOptions Options { get; }

    /// <exception cref="InvalidOperationException">The agent answered, and did not ask for its client: nothing was retrieved.</exception>
    public void ThrowIfNotAsked(AIAgent agent)
    {
        if (!_isAsked)
        {
            throw new InvalidOperationException(
                $"{agent.GetType().Name} did not hand the run's options to the {nameof(ChatClientAgent)} within it, so that nothing was retrieved. Call UseRetrieval on that agent, inside of {agent.GetType().Name}.");
        }
    }

    private static ChatClientAgentRunOptions Copy(AgentRunOptions? options) => options switch
    {
        ChatClientAgentRunOptions typed => (ChatClientAgentRunOptions)typed.Clone(),
        _ when options is null || options.GetType() == typeof(AgentRunOptions) => new ChatClientAgentRunOptions
        {
            ContinuationToken = options?.ContinuationToken,
            AllowBackgroundResponses = options?.AllowBackgroundResponses,
            AdditionalProperties = options?.AdditionalProperties,
            ResponseFormat = options?.ResponseFormat,
        },
        _ => throw new ArgumentException(
            $"The options are {options.GetType().Name}, and what they say beyond {nameof(AgentRunOptions)} would be lost. Pass {nameof(AgentRunOptions)} or {nameof(ChatClientAgentRunOptions)}.",
            nameof(options)),
    };
}
