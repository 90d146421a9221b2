namespace LocalRetrieval.Rag;

/// <summary>Refuses a retriever that gives nothing.</summary>
internal static class RetrieverResults
{
    /// <exception cref="InvalidOperationException">The retriever gave null.</exception>
    public static async Task<RetrievalResult> RetrieveOrThrowAsync(
        this IPassageRetriever retriever, string query, RetrievalOptions? options, CancellationToken cancellationToken) =>
        await retriever.RetrieveAsync(query, options, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{retriever.GetType().Name} gave null instead of a {nameof(RetrievalResult)}.");
}
