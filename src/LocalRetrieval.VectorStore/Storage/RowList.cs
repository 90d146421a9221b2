namespace LocalRetrieval.VectorData.Storage;

/// <summary>Ascending row numbers that one writer appends to while others read.</summary>
internal sealed class RowList
{
    private int[] _rows = new int[1];
    private int _count;

    /// <summary>Appends a row, once.</summary>
    public void Add(int row)
    {
        if (_count > 0 && _rows[_count - 1] == row)
        {
            return;
        }

        if (_count == _rows.Length)
        {
            int[] grown = new int[_count * 2];
            _rows.CopyTo(grown, 0);
            Volatile.Write(ref _rows, grown);
        }

        _rows[_count] = row;
        Volatile.Write(ref _count, _count + 1);
    }

    // The count first: the array that is read after it holds as many.
    public ReadOnlySpan<int> Read()
    {
        int count = Volatile.Read(ref _count);
        return Volatile.Read(ref _rows).AsSpan(0, count);
    }
}
