using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Keeps the results of one retriever.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed partial class RetrievalCache<TResult>(IMemoryCache cache, IPassageRetriever retriever, ILogger logger)
    where TResult : RetrievalResult
{
    // A cache adds it to the time of day.
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(365_000);

    private readonly Lock _lock = new();
    private readonly SharedRuns<CacheKey, TResult> _runs = new();
    private CacheEra _era = new(version: null);
    private int _isToldUncached;

    /// <summary>How long an entry is kept; null for as long as the collection stays as it is.</summary>
    public TimeSpan? Expiration { get; set; }

    /// <summary>The kept result of a request, or that of a run.</summary>
    /// <param name="request">All that the result depends on.</param>
    /// <param name="run">Retrieves.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async Task<TResult> GetOrRunAsync(string request, Func<CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        string? version = await GetVersionAsync(cancellationToken).ConfigureAwait(false);
        if (version is null && Expiration is null)
        {
            return await run(cancellationToken).ConfigureAwait(false);
        }

        CacheEra era = EraOf(version);
        CacheKey key = new(this, version, request);
        return cache.TryGetValue(key, out TResult? kept) && kept is not null
            ? Again(kept, Stopwatch.GetElapsedTime(start))
            : await _runs.RunAsync(key, token => RunAsync(key, era, run, token), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<string?> GetVersionAsync(CancellationToken cancellationToken)
    {
        if (retriever.GetService<ICollectionVersion>() is { } collection)
        {
            return await collection.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        }

        if (Expiration is null && Interlocked.Exchange(ref _isToldUncached, 1) == 0)
        {
            LogUncached();
        }

        return null;
    }

    private async Task<TResult> RunAsync(CacheKey key, CacheEra era, Func<CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        TResult result = await run(cancellationToken).ConfigureAwait(false);
        if (result?.Notes?.Any(note => note.IsFailure) == false || result is { Notes: null })
        {
            using ICacheEntry entry = cache.CreateEntry(key);
            entry.Value = result;
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = Expiration < LongestTime ? Expiration : null;
            entry.ExpirationTokens.Add(era);
        }

        return result!;
    }

    /// <summary>The era of a version. Entries of the version before can no longer be asked for.</summary>
    private CacheEra EraOf(string? version)
    {
        CacheEra before;
        CacheEra now;
        lock (_lock)
        {
            before = _era;
            now = _era = before.Version == version ? before : new CacheEra(version);
        }

        if (before != now)
        {
            before.End();
        }

        return now;
    }

    private static TResult Again(TResult kept, TimeSpan elapsed) => (TResult)((RetrievalResult)kept with
    {
        Timings = [new StageTiming { Stage = RetrievalStage.Cache, Elapsed = elapsed }],
        Notes = [.. kept.Notes ?? [], new RetrievalNote { Stage = RetrievalStage.Cache, Text = "The result was found before, and the collection has not changed since it was kept." }],
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "No result is cached: the collection does not say when it changes (ICollectionVersion). Set an Expiration to keep results for a time all the same.")]
    private partial void LogUncached();

    private sealed record CacheKey(RetrievalCache<TResult> Owner, string? Version, string Request);
}
