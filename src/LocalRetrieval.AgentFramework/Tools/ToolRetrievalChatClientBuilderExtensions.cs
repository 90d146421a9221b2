using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Adds the choice of tools to a pipeline of chat clients.</summary>
public static class ToolRetrievalChatClientBuilderExtensions
{
    /// <summary>Adds a client that hands on, of a request's tools, those that fit its question.</summary>
    /// <remarks>It stands outside of what calls functions, so before <c>UseFunctionInvocation</c> in the builder: that client calls the functions of the options that it gets, and the choice holds for
    /// all its rounds. Where the request requires a certain function or none, nothing is chosen.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="retriever">Chooses the tools.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="retriever"/> is null.</exception>
    public static ChatClientBuilder UseToolRetrieval(this ChatClientBuilder builder, ToolRetriever retriever)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(retriever);
        return builder.Use(inner => new ToolRetrievalChatClient(inner, retriever));
    }
}
