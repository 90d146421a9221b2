namespace LocalRetrieval;

/// <summary>Finds records by the words of a query: the keyword stage of a hybrid search alone, with its own scores and ranks.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface IKeywordSearchable<TRecord>
    where TRecord : class
{
    /// <summary>Finds the records whose text holds words of a query.</summary>
    /// <param name="query">The query: plain text, cut into words as the records' text is.</param>
    /// <param name="top">How many records to return at most, at least 1.</param>
    /// <param name="options">Options of this search, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The records with their scores, best first; only those that hold at least one word of the query.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    IAsyncEnumerable<KeywordSearchResult<TRecord>> KeywordSearchAsync(
        string query, int top, KeywordSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds a service of type <paramref name="serviceType"/>: this object, or a part of it.</summary>
    /// <param name="serviceType">The type asked for.</param>
    /// <param name="serviceKey">A key that tells services of one type apart, or null.</param>
    /// <returns>The service, or null where there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is null.</exception>
    object? GetService(Type serviceType, object? serviceKey = null);
}
