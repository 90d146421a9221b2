using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Rag;

/// <summary>Keeps results, with their records, for requests to come that are equal.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>
/// <para>Requests are equal where their queries and all of their options are. What is within this retriever counts as it is: an instance shares no result with another,
/// whatever cache they have. A request with a filter is kept only where it has a <see cref="RetrievalOptions.CacheScope"/>; the filter counts with the values that it has
/// captured, and one whose values have no text of their own (objects, calls) is not kept. Options of a derived type are handed on, and nothing of them is kept.</para>
/// <para>An entry ends when the collection changes, where it is an <see cref="ICollectionVersion"/> as that of <c>LocalVectorStore</c> is. Of another collection nothing
/// is kept unless there is an <see cref="Expiration"/>, which is logged once. Nor is a result kept that failed, or of which a note tells a failure.</para>
/// <para>The cache holds result objects: callers share them, and their records must not be changed. An entry has the size 1, for a cache with a limit. A result that
/// was kept has a note and a time of <see cref="RetrievalStage.Cache"/>. Equal requests at the same time are one; it is cancelled when all their callers have
/// cancelled.</para>
/// <para>Safe for concurrent use once set up.</para>
/// </remarks>
public sealed class CachingPassageRetriever<TRecord> : DelegatingPassageRetriever<TRecord>
    where TRecord : class
{
    private readonly RetrievalCache<RetrievalResult<TRecord>> _cache;

    /// <summary>Keeps the results of <paramref name="innerRetriever"/>.</summary>
    /// <param name="innerRetriever">The retriever that does the work.</param>
    /// <param name="cache">Where results are kept; it stays its owner's to dispose.</param>
    /// <param name="logger">Told once where nothing can be kept; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerRetriever"/> or <paramref name="cache"/> is null.</exception>
    public CachingPassageRetriever(IPassageRetriever<TRecord> innerRetriever, IMemoryCache cache, ILogger? logger = null)
        : base(innerRetriever)
    {
        ArgumentNullException.ThrowIfNull(cache);
        _cache = new RetrievalCache<RetrievalResult<TRecord>>(cache, innerRetriever, logger ?? NullLogger.Instance);
    }

    /// <summary>How long a result is kept at most.</summary>
    /// <value>More than zero, or null for as long as the collection stays as it is. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan? Expiration
    {
        get => _cache.Expiration;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(Expiration));
            _cache.Expiration = value;
        }
    }

    /// <inheritdoc />
    protected override bool LetsSourcesBeRead => true;

    /// <inheritdoc />
    public override Task<RetrievalResult<TRecord>> RetrieveAsync(
        string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        RetrievalOptions<TRecord>? copy = Copy(options);
        if (RetrievalCacheKey.Of(query, copy) is not { } key)
        {
            return base.RetrieveAsync(query, options, cancellationToken);
        }

        return _cache.GetOrRunAsync(key, token => base.RetrieveAsync(query, copy, token), cancellationToken);
    }

    /// <summary>What the key is of and the run reads: the run may outlast the caller, who may change his.</summary>
    private static RetrievalOptions<TRecord>? Copy(RetrievalOptions<TRecord>? options)
    {
        RetrievalOptions<TRecord>? copy = options?.Clone();
        if (copy is { Filter: { } filter, CacheScope: not null })
        {
            copy.Filter = CapturedValues.Keep(filter);
        }

        return copy;
    }
}
