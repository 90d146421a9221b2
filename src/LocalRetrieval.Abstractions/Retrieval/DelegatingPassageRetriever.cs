namespace LocalRetrieval;

/// <summary>A retriever that hands every call to another: the base of middleware such as query rewriting, caching or telemetry.</summary>
/// <remarks>It takes no filters: middleware of a retriever over records derives from <see cref="DelegatingPassageRetriever{TRecord}"/>.</remarks>
public class DelegatingPassageRetriever : IPassageRetriever
{
    /// <summary>Wraps <paramref name="innerRetriever"/>, which stays its owner's to dispose.</summary>
    /// <param name="innerRetriever">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerRetriever"/> is null.</exception>
    protected DelegatingPassageRetriever(IPassageRetriever innerRetriever)
    {
        ArgumentNullException.ThrowIfNull(innerRetriever);
        InnerRetriever = innerRetriever;
    }

    /// <summary>The retriever that does the work.</summary>
    protected IPassageRetriever InnerRetriever { get; }

    /// <summary>Whether the inner retriever's <see cref="ISourceReader"/> is given to those who ask this one, past which it reads.</summary>
    /// <value>True only where this narrows no request, by a filter or otherwise. The default is false.</value>
    protected virtual bool LetsSourcesBeRead => false;

    /// <inheritdoc />
    public virtual Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
        InnerRetriever.RetrieveAsync(query, options, cancellationToken);

    /// <inheritdoc />
    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ISourceReader) && !LetsSourcesBeRead ? null
            : InnerRetriever.GetService(serviceType, serviceKey);
    }
}
