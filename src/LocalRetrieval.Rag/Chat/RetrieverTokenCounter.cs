using LocalRetrieval.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>Finds what counts the tokens of a context.</summary>
internal static class RetrieverTokenCounter
{
    /// <summary>The given counter, or else the retriever's.</summary>
    /// <exception cref="ArgumentException">There is neither; the message says how to give one.</exception>
    public static ITokenCounter Of(IPassageRetriever retriever, ITokenCounter? given) =>
        given ?? retriever.GetService<ITokenCounter>() ?? throw new ArgumentException(
            $"{TypeNames.Of(retriever.GetType())} offers no {nameof(ITokenCounter)}, so the context cannot be kept to its budget. "
                + $"Set {nameof(RetrievalChatOptions)}.{nameof(RetrievalChatOptions.TokenCounter)}.",
            nameof(retriever));
}
