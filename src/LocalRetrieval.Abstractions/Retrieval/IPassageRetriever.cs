namespace LocalRetrieval;

/// <summary>Finds the passages that answer a query.</summary>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface IPassageRetriever
{
    /// <summary>Retrieves the passages for <paramref name="query"/>, best first.</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Options of this request; null means the retriever's defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The passages; empty when nothing was found.</returns>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds a service of type <paramref name="serviceType"/>: the retriever itself or a part of it, such as its reranker.</summary>
    /// <param name="serviceType">The type asked for.</param>
    /// <param name="serviceKey">A key that tells services of one type apart, or null.</param>
    /// <returns>The service, or null where there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is null.</exception>
    object? GetService(Type serviceType, object? serviceKey = null);
}
