namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>The rows that can match a filter, a bit each.</summary>
/// <remarks>Never changed once it is made; safe for concurrent use.</remarks>
internal sealed class CandidateSet
{
    private readonly int[] _rows;
    private readonly int _count;
    private readonly ulong[] _bits;

    /// <param name="rows">The rows, ascending.</param>
    /// <param name="count">How many of them are looked at.</param>
    public CandidateSet(int[] rows, int count)
    {
        _rows = rows;
        _count = count;
        _bits = new ulong[count == 0 ? 0 : (rows[count - 1] >> 6) + 1];
        foreach (int row in rows.AsSpan(0, count))
        {
            _bits[row >> 6] |= 1UL << row;
        }
    }

    public int Count => _count;

    public bool Contains(int row) => (uint)(row >> 6) < (uint)_bits.Length && (_bits[row >> 6] & (1UL << row)) != 0;

    /// <summary>Lists rows from all over the set, at most as many as there is room for.</summary>
    /// <returns>How many.</returns>
    public int Sample(Span<int> sample)
    {
        int count = Math.Min(sample.Length, _count);
        for (int i = 0; i < count; i++)
        {
            sample[i] = _rows[(int)(((long)i * _count) / count)];
        }

        return count;
    }
}
