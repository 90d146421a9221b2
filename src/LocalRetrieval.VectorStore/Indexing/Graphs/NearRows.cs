namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>The nearest rows that a search has come by, nearest first, as <see cref="NearKey"/>s.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class NearRows
{
    private ulong[] _keys = [];
    private int _capacity;

    public int Count { get; private set; }

    /// <summary>How many rows it has memory for.</summary>
    public int Room => _keys.Length;

    /// <summary>A key below it is not kept; 0 while there is room.</summary>
    public ulong Bound { get; private set; }

    public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, Count);

    /// <summary>Empties it, and has it keep so many rows.</summary>
    public void Clear(int capacity)
    {
        if (_keys.Length < capacity)
        {
            _keys = new ulong[capacity];
        }

        _capacity = capacity;
        Count = 0;
        Bound = 0;
    }

    /// <summary>Keeps a row that is not here yet, unless as many nearer ones are.</summary>
    public void Add(ulong key)
    {
        if (key < Bound)
        {
            return;
        }

        Span<ulong> keys = _keys.AsSpan(0, Count);
        int place = PlaceOf(keys, key);
        int moved = Math.Min(Count, _capacity - 1) - place;
        keys.Slice(place, moved).CopyTo(_keys.AsSpan(place + 1));
        _keys[place] = key;
        Count = Math.Min(Count + 1, _capacity);
        Bound = Count == _capacity ? _keys[Count - 1] : 0;
    }

    /// <summary>Takes out a row, where it is here; others that were not kept for it are gone.</summary>
    public void Remove(int row)
    {
        for (int i = 0; i < Count; i++)
        {
            if (NearKey.RowOf(_keys[i]) == row)
            {
                _keys.AsSpan(i + 1, Count - i - 1).CopyTo(_keys.AsSpan(i));
                Count--;
                Bound = 0;
                return;
            }
        }
    }

    private static int PlaceOf(ReadOnlySpan<ulong> keys, ulong key)
    {
        int low = 0;
        int high = keys.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (keys[middle] > key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
