using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Adds retrieval to a pipeline of chat clients.</summary>
public static class RetrievalChatClientBuilderExtensions
{
    /// <summary>Adds a <see cref="RetrievalChatClient"/>, which answers from the passages that a retriever finds.</summary>
    /// <remarks>Outside of it, so before it in the builder, stands what asks several times for one question, such as <c>UseFunctionInvocation</c>; a model that
    /// searches for itself (<see cref="PassageRetrieverAIFunctionExtensions.AsAIFunction"/>) has that inside.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="retriever">Finds the passages; null for the one that is registered in the services that the pipeline is built with.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <param name="serviceKey">The key of the registered retriever; null for the one without. Only where no retriever is given.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException">Both a retriever and a key are given.</exception>
    /// <exception cref="InvalidOperationException">When the pipeline is built: no such retriever is registered.</exception>
    public static ChatClientBuilder UseRetrieval(
        this ChatClientBuilder builder, IPassageRetriever? retriever = null, RetrievalChatOptions? options = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RegisteredRetriever.ThrowIfBoth(retriever, serviceKey);
        RetrievalChatOptions? copy = options is null ? null : new RetrievalChatOptions(options);
        return builder.Use((inner, services) => inner.WithRetrieval(retriever ?? RegisteredRetriever.Require(services, serviceKey), copy));
    }
}
