namespace LocalRetrieval.VectorData.Storage;

/// <summary>The rows of one column sorted by their values, for ranges.</summary>
/// <remarks>
/// What the writer adds waits unsorted; a reader that finds much of it waiting sorts it in, for all. Neither waits for the sorting.
/// Strings are compared by ordinal. Null is in no range.
/// </remarks>
internal sealed class SortedRows
{
    private const int LeastToSort = 1024;

    private readonly Lock _changing = new();
    private (object Value, int Row)[] _waiting = new (object, int)[4];
    private int _waitingCount;
    private SortedRun _run = SortedRun.Empty;

    public void Add(object? value, int row)
    {
        if (value is null)
        {
            return;
        }

        lock (_changing)
        {
            if (_waitingCount == _waiting.Length)
            {
                Array.Resize(ref _waiting, _waitingCount * 2);
            }

            // What is below the count never changes, so that a reader may go on reading an array that it took.
            _waiting[_waitingCount++] = (value, row);
        }
    }

    /// <summary>The rows of the values from <paramref name="least"/> to <paramref name="greatest"/>, both included; null is no bound.</summary>
    /// <returns>The rows in no order, or null where they are more than <paramref name="most"/>.</returns>
    public int[]? Find(object? least, object? greatest, int most)
    {
        SortedRun run;
        ReadOnlySpan<(object Value, int Row)> waiting;
        lock (_changing)
        {
            run = _run;
            waiting = _waiting.AsSpan(0, _waitingCount);
        }

        if (waiting.Length > Math.Max(LeastToSort, run.Count / 256))
        {
            run = SortIn(run, waiting);
            waiting = [];
        }

        List<int> rows = [];
        if (!run.TryFind(least, greatest, most, rows))
        {
            return null;
        }

        foreach ((object value, int row) in waiting)
        {
            if (SortedRun.IsWithin(value, least, greatest))
            {
                rows.Add(row);
            }
        }

        return rows.Count > most ? null : [.. rows];
    }

    private SortedRun SortIn(SortedRun run, ReadOnlySpan<(object Value, int Row)> waiting)
    {
        SortedRun merged = run.With(waiting);
        lock (_changing)
        {
            if (ReferenceEquals(_run, run))
            {
                _run = merged;
                _waiting = [.. _waiting.AsSpan(waiting.Length, _waitingCount - waiting.Length), default];
                _waitingCount -= waiting.Length;
            }
        }

        return merged;
    }
}
