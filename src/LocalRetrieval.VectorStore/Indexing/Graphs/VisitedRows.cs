namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Which rows a search has been at: a bit each. It is emptied by what was added, so that a search costs nothing for the rows that it does not meet.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class VisitedRows
{
    private ulong[] _bits = [];
    private int[] _added = new int[1024];
    private int _count;

    /// <summary>How many rows were added.</summary>
    public int Count => _count;

    /// <summary>How many rows it can note before it takes more memory.</summary>
    public int Room => _added.Length;

    /// <summary>Empties it, and makes room for rows below a number.</summary>
    public void Clear(int rows)
    {
        foreach (int row in _added.AsSpan(0, _count))
        {
            _bits[row >> 6] = 0;
        }

        _count = 0;
        int words = (rows + 63) >> 6;
        if (_bits.Length < words)
        {
            _bits = new ulong[Math.Max(words, _bits.Length + (_bits.Length / 2))];
        }
    }

    /// <returns>Whether it was not here yet.</returns>
    public bool Add(int row)
    {
        ref ulong word = ref _bits[row >> 6];
        ulong bit = 1UL << row;
        if ((word & bit) != 0)
        {
            return false;
        }

        word |= bit;
        if (_count == _added.Length)
        {
            Array.Resize(ref _added, 2 * _count);
        }

        _added[_count++] = row;
        return true;
    }
}
