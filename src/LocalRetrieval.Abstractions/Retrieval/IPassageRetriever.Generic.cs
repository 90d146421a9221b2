namespace LocalRetrieval;

/// <summary>Finds the passages that answer a query, over records of type <typeparamref name="TRecord"/>.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface IPassageRetriever<TRecord> : IPassageRetriever
    where TRecord : class
{
    /// <summary>Retrieves the passages for <paramref name="query"/>, best first, among the records that the options' filter lets through.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Options of this request; null means the retriever's defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The passages with their records; empty when nothing was found.</returns>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<RetrievalResult<TRecord>> RetrieveAsync(string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default);
}
