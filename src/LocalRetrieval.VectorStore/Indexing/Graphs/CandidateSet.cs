using System.Buffers;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>The rows that can match a filter, a bit each.</summary>
/// <remarks>Never changed between its making and <see cref="Dispose"/>; safe for concurrent use. Its memory is lent: of a million rows it would be a large object for each search.</remarks>
internal sealed class CandidateSet : IDisposable
{
    private readonly int[] _rows;
    private readonly int _count;
    private readonly int _words;
    private ulong[] _bits;

    /// <param name="rows">The rows, ascending.</param>
    /// <param name="count">How many of them are looked at.</param>
    public CandidateSet(int[] rows, int count)
    {
        _rows = rows;
        _count = count;
        _words = count == 0 ? 0 : (rows[count - 1] >> 6) + 1;
        _bits = ArrayPool<ulong>.Shared.Rent(_words);
        _bits.AsSpan(0, _words).Clear();
        foreach (int row in rows.AsSpan(0, count))
        {
            _bits[row >> 6] |= 1UL << row;
        }
    }

    public int Count => _count;

    public bool Contains(int row) => (uint)(row >> 6) < (uint)_words && (_bits[row >> 6] & (1UL << row)) != 0;

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

    /// <summary>Gives the memory back; nothing is in the set then.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bits, []) is { Length: > 0 } bits)
        {
            ArrayPool<ulong>.Shared.Return(bits);
        }
    }
}
