namespace LocalRetrieval;

/// <summary>Orders documents by how well each answers a query.</summary>
/// <remarks>
/// <para>Shaped like <c>Microsoft.Extensions.AI.IEmbeddingGenerator</c>: build a pipeline with <see cref="DelegatingTextReranker"/>
/// and reach inner parts with <see cref="GetService"/>.</para>
/// <para>All members are safe for concurrent use, except that <see cref="IDisposable.Dispose"/> ends the instance.</para>
/// </remarks>
public interface ITextReranker : IDisposable
{
    /// <summary>Scores every document against <paramref name="query"/> and returns them best first.</summary>
    /// <param name="query">The query.</param>
    /// <param name="documents">The documents, enumerated once; none may be null.</param>
    /// <param name="options">Options of this request; null means the reranker's defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>
    /// One entry a document (or the best <see cref="RerankingOptions.TopN"/>), by descending score; equal scores keep the input's order.
    /// No documents give an empty result.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> or <paramref name="documents"/> is null.</exception>
    /// <exception cref="ArgumentException">A text cannot be read; the message names its index.</exception>
    /// <exception cref="ObjectDisposedException">The reranker was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<RerankingResult> RerankAsync(
        string query,
        IReadOnlyList<string> documents,
        RerankingOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Finds a service of type <paramref name="serviceType"/>: the reranker itself, its <see cref="TextRerankerMetadata"/>, or a part of it.</summary>
    /// <param name="serviceType">The type asked for.</param>
    /// <param name="serviceKey">A key that tells services of one type apart, or null.</param>
    /// <returns>The service, or null where there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is null.</exception>
    object? GetService(Type serviceType, object? serviceKey = null);
}
