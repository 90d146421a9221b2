using System.Diagnostics;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>How long the last searches of a column took that compared all of its vectors, and whether it is searched at all.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SearchTimes
{
    /// <summary>How many are kept: few enough that they are of the present size, and enough that one that had to wait for a processor decides nothing.</summary>
    public const int Kept = 9;

    private readonly Lock _lock = new();
    private readonly TimeSpan[] _exact = new TimeSpan[Kept];
    private int _count;
    private int _running;
    private long _lastEnd;

    /// <summary>The median time of a query; null until there are enough.</summary>
    public TimeSpan? Median
    {
        get
        {
            lock (_lock)
            {
                return _count < Kept ? null : _exact.Order().ElementAt(Kept / 2);
            }
        }
    }

    /// <summary>Notes a search that begins now.</summary>
    public void Begin() => Interlocked.Increment(ref _running);

    /// <summary>Notes a search that ends now.</summary>
    public void End()
    {
        Volatile.Write(ref _lastEnd, Stopwatch.GetTimestamp());
        Interlocked.Decrement(ref _running);
    }

    /// <summary>Notes a search that compared all vectors.</summary>
    /// <param name="query">The time of one query.</param>
    public void NoteExact(TimeSpan query)
    {
        lock (_lock)
        {
            _exact[_count++ % Kept] = query;

            // It counts on past the places, and no further than it can.
            _count = _count == 2 * Kept ? Kept : _count;
        }
    }

    /// <summary>Whether there is a search, or one has ended since a moment, as <see cref="Stopwatch.GetTimestamp"/> counts it.</summary>
    public bool IsSearchedSince(long moment) => Volatile.Read(ref _running) > 0 || Volatile.Read(ref _lastEnd) >= moment;
}
