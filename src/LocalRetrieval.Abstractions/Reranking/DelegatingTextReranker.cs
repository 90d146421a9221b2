namespace LocalRetrieval;

/// <summary>A reranker that hands every call to another: the base of middleware such as caching or telemetry.</summary>
/// <remarks>Disposing it disposes the inner reranker.</remarks>
public class DelegatingTextReranker : ITextReranker
{
    /// <summary>Wraps <paramref name="innerReranker"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="innerReranker"/> is null.</exception>
    protected DelegatingTextReranker(ITextReranker innerReranker)
    {
        ArgumentNullException.ThrowIfNull(innerReranker);
        InnerReranker = innerReranker;
    }

    /// <summary>The reranker that does the work.</summary>
    protected ITextReranker InnerReranker { get; }

    /// <inheritdoc />
    public virtual Task<RerankingResult> RerankAsync(
        string query,
        IReadOnlyList<string> documents,
        RerankingOptions? options = null,
        CancellationToken cancellationToken = default) =>
        InnerReranker.RerankAsync(query, documents, options, cancellationToken);

    /// <inheritdoc />
    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : InnerReranker.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the inner reranker.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            InnerReranker.Dispose();
        }
    }
}
