namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Which generations end the rows of a snapshot, most of which none ends.</summary>
/// <remarks>One writer sets; any number of readers read.</remarks>
internal sealed class RowEnds(int rows)
{
    private const int RowsPerPart = 4096;

    // A generation plus one, so that zeroed memory is of rows that none ends.
    private readonly long[]?[] _parts = new long[]?[(rows + RowsPerPart - 1) / RowsPerPart];

    /// <summary>How many rows have ended.</summary>
    public int Count { get; private set; }

    /// <summary>The generation that ends a row; <see cref="long.MaxValue"/> where none does.</summary>
    public long this[int row]
    {
        get => Volatile.Read(ref _parts[row / RowsPerPart]) is { } part && Volatile.Read(ref part[row % RowsPerPart]) is > 0 and long end ? end - 1 : long.MaxValue;
        set
        {
            // First what can fail, for want of memory; to take an end back never needs any.
            long before = this[row];
            if (value != before)
            {
                long[] part = _parts[row / RowsPerPart] ?? new long[RowsPerPart];
                Count += (value == long.MaxValue ? 0 : 1) - (before == long.MaxValue ? 0 : 1);
                Volatile.Write(ref part[row % RowsPerPart], value == long.MaxValue ? 0 : value + 1);
                Volatile.Write(ref _parts[row / RowsPerPart], part);
            }
        }
    }
}
