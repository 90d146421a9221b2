using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.AgentFramework;

/// <summary>Adds retrieval to a pipeline of agents.</summary>
public static class RetrievalAgentBuilderExtensions
{
    /// <summary>Adds an agent that has its inner one answer from passages, and returns the citations.</summary>
    /// <remarks>
    /// <para>What <see cref="RetrievalChatClient"/> does, it does for agents, in <c>RunAsync</c> and <c>RunStreamingAsync</c> alike: citations are annotations of the messages' texts and JSON in their
    /// additional properties under <see cref="RetrievalChatClient.CitationsKey"/>, in a stream on an update of their own behind the message; response and last update have what was retrieved under
    /// <see cref="RetrievalChatClient.ResultKey"/>. <see cref="RetrievalChatClientExtensions.GetCitedSources"/> reads them.</para>
    /// <para>A run retrieves once, however many rounds of tools it takes. Around a <see cref="ChatClientAgent"/> the session's history is read, and holds the citations but no sources: they
    /// are put before the question on its way to the model. To any other agent they go in the message that asks, and the session's state keeps numbers and cited sources, as it does where a service
    /// keeps the history; both are in the serialized session.</para>
    /// <para>The agent gives the retriever by <c>GetService</c>. It is safe for concurrent use, with a session of its own for each conversation, as agents are.</para>
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="retriever">Finds the passages, and counts tokens unless the options do; null for the one that is registered in the services that the agent is built with.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <param name="serviceKey">The key of the registered retriever; null for the one without. Only where no retriever is given.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException">Both a retriever and a key are given. When the agent is built: neither the retriever nor the options count tokens.</exception>
    /// <exception cref="InvalidOperationException">When the agent is built: no such retriever is registered.</exception>
    public static AIAgentBuilder UseRetrieval(
        this AIAgentBuilder builder, IPassageRetriever? retriever = null, RetrievalAgentOptions? options = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RegisteredRetriever.ThrowIfBoth(retriever, serviceKey);
        RetrievalAgentOptions copy = options is null ? new RetrievalAgentOptions() : new RetrievalAgentOptions(options);
        return builder.Use((inner, services) => new RetrievalAgent(
            inner,
            FailureTolerantRetriever.Of(retriever ?? RegisteredRetriever.Require(services, serviceKey), copy.ContinueOnFailure, services.GetService<ILoggerFactory>()),
            copy));
    }
}
