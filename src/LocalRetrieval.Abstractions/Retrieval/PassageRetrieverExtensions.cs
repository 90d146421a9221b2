namespace LocalRetrieval;

/// <summary>Extensions of <see cref="IPassageRetriever"/>.</summary>
public static class PassageRetrieverExtensions
{
    /// <summary>Finds a service of type <typeparamref name="TService"/>, or null.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public static TService? GetService<TService>(this IPassageRetriever retriever, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        return retriever.GetService(typeof(TService), serviceKey) is TService service ? service : default;
    }

    /// <summary>A builder of a pipeline around <paramref name="retriever"/>.</summary>
    /// <param name="retriever">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public static PassageRetrieverBuilder AsBuilder(this IPassageRetriever retriever)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        return new PassageRetrieverBuilder(retriever);
    }

    /// <summary>A builder of a pipeline around <paramref name="retriever"/>, over its records.</summary>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="retriever">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public static PassageRetrieverBuilder<TRecord> AsBuilder<TRecord>(this IPassageRetriever<TRecord> retriever)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(retriever);
        return new PassageRetrieverBuilder<TRecord>(retriever);
    }

    /// <summary>Retrieves, and says why: what each stage gave, which words matched, what reranking changed, and why a passage that one expected is not there.</summary>
    /// <param name="retriever">The retriever. The request goes through all of its middleware, whose filters and rewritten queries hold.</param>
    /// <param name="query">The query.</param>
    /// <param name="key">The key of a passage to explain beside those that are returned, or null.</param>
    /// <param name="options">Options of the request; null means the retriever's defaults. They are copied.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The explanation. Of a passage that a filter hides it says the same as of one that does not exist.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space.</exception>
    /// <exception cref="NotSupportedException">The retriever does not explain.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<RetrievalExplanation> ExplainAsync(
        this IPassageRetriever retriever, string query, string? key = null, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        RetrievalOptions explaining = options?.Clone() ?? new RetrievalOptions();
        explaining.Explain = [.. options?.Explain ?? [], .. key is null ? (string[])[] : [key]];
        RetrievalResult result = await retriever.RetrieveAsync(query, explaining, cancellationToken).ConfigureAwait(false);
        return new RetrievalExplanation(result, result.Explanations ?? (result.IsSkipped ? [] : throw new NotSupportedException(
            $"The {retriever.GetType().Name} gives no {nameof(RetrievalResult.Explanations)} for {nameof(RetrievalOptions)}.{nameof(RetrievalOptions.Explain)}: a PassageRetriever does, and middleware "
                + "that hands its options on.")));
    }
}
