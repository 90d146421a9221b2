namespace LocalRetrieval;

/// <summary>Extensions of <see cref="ITextReranker"/>.</summary>
public static class TextRerankerExtensions
{
    /// <summary>Finds a service of type <typeparamref name="TService"/>, or null.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="reranker"/> is null.</exception>
    public static TService? GetService<TService>(this ITextReranker reranker, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(reranker);
        return reranker.GetService(typeof(TService), serviceKey) is TService service ? service : default;
    }

    /// <summary>Finds a service of type <typeparamref name="TService"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="reranker"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static TService GetRequiredService<TService>(this ITextReranker reranker, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(reranker);
        return reranker.GetService(typeof(TService), serviceKey) is TService service
            ? service
            : throw new InvalidOperationException($"The reranker {reranker.GetType().Name} has no service of type {typeof(TService)}{(serviceKey is null ? "" : $" with the key '{serviceKey}'")}.");
    }

    /// <summary>Reranks values by a text of each, and returns the values themselves.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="reranker">The reranker.</param>
    /// <param name="query">The query.</param>
    /// <param name="items">The values, enumerated once.</param>
    /// <param name="text">Gives the text of a value.</param>
    /// <param name="options">Options of this request.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The values with their scores, best first.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The reranker gave no result, an index that no value has or one twice, a score that is not a number, or too few documents where the options
    /// have neither <see cref="RerankingOptions.TopN"/> nor <see cref="RerankingOptions.Budget"/>.
    /// </exception>
    public static async Task<IReadOnlyList<RerankedItem<T>>> RerankAsync<T>(
        this ITextReranker reranker,
        string query,
        IEnumerable<T> items,
        Func<T, string> text,
        RerankingOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reranker);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(text);
        T[] values = [.. items];
        RerankingResult result = await reranker.RerankAsync(query, Array.ConvertAll(values, value => text(value)), options, cancellationToken).ConfigureAwait(false);
        RerankedResults.ThrowIfBroken(reranker, result, values.Length, options);
        return [.. result.Select(document => new RerankedItem<T>(values[document.Index], document))];
    }

    /// <summary>A builder of a pipeline around <paramref name="reranker"/>.</summary>
    /// <param name="reranker">The reranker that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reranker"/> is null.</exception>
    public static TextRerankerBuilder AsBuilder(this ITextReranker reranker)
    {
        ArgumentNullException.ThrowIfNull(reranker);
        return new TextRerankerBuilder(reranker);
    }
}
