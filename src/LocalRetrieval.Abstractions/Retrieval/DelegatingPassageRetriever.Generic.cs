namespace LocalRetrieval;

/// <summary>A retriever of records that hands every call to another: the base of middleware such as query rewriting, caching or telemetry.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>
/// Calls through either interface come to the one <see cref="RetrieveAsync"/>, so that middleware which overrides it sees them all.
/// Options that it changes it clones first: <see cref="RetrievalOptions{TRecord}.Clone"/> keeps their type.
/// </remarks>
public class DelegatingPassageRetriever<TRecord> : IPassageRetriever<TRecord>
    where TRecord : class
{
    /// <summary>Wraps <paramref name="innerRetriever"/>, which stays its owner's to dispose.</summary>
    /// <param name="innerRetriever">The retriever that does the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerRetriever"/> is null.</exception>
    protected DelegatingPassageRetriever(IPassageRetriever<TRecord> innerRetriever)
    {
        ArgumentNullException.ThrowIfNull(innerRetriever);
        InnerRetriever = innerRetriever;
    }

    /// <summary>The retriever that does the work.</summary>
    protected IPassageRetriever<TRecord> InnerRetriever { get; }

    /// <summary>Whether the inner retriever's <see cref="ISourceReader"/> is given to those who ask this one, past which it reads.</summary>
    /// <value>True only where this narrows no request, by a filter or otherwise. The default is false.</value>
    protected virtual bool LetsSourcesBeRead => false;

    /// <inheritdoc />
    public virtual Task<RetrievalResult<TRecord>> RetrieveAsync(
        string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default) =>
        InnerRetriever.RetrieveAsync(query, options, cancellationToken);

    async Task<RetrievalResult> IPassageRetriever.RetrieveAsync(string query, RetrievalOptions? options, CancellationToken cancellationToken) =>
        await RetrieveAsync(query, options?.For<TRecord>(), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ISourceReader) && !LetsSourcesBeRead ? null
            : InnerRetriever.GetService(serviceType, serviceKey);
    }
}
