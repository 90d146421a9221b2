namespace LocalRetrieval.VectorData.Storage;

/// <summary>Ascending row numbers that one writer appends to while others read.</summary>
/// <remarks>In many a column most values stand in one row: such a list has no array.</remarks>
internal sealed class RowList(int first)
{
    private readonly int _first = first;
    private int[]? _rows;
    private int _count = 1;

    /// <summary>Appends a row, once.</summary>
    public void Add(int row)
    {
        ReadOnlySpan<int> rows = Read();
        if (rows[^1] == row)
        {
            return;
        }

        if (_rows is null || _count == _rows.Length)
        {
            int[] grown = new int[_count * 2];
            rows.CopyTo(grown);
            Volatile.Write(ref _rows, grown);
        }

        _rows[_count] = row;
        Volatile.Write(ref _count, _count + 1);
    }

    // The count first: the array that is read after it holds as many.
    public ReadOnlySpan<int> Read()
    {
        int count = Volatile.Read(ref _count);
        return count == 1 ? new ReadOnlySpan<int>(in _first) : Volatile.Read(ref _rows).AsSpan(0, count);
    }
}
