namespace LocalRetrieval.VectorData.Storage;

/// <summary>The last row of each key: a hash table with open addressing, a reference a slot.</summary>
/// <remarks>
/// One writer sets; any number of readers look up and need no lock. Keys are never taken out, so that what a reader passes on its way
/// stays. It takes a fifth of the memory that a concurrent dictionary's nodes take.
/// </remarks>
internal sealed class RowsByKey
{
    private const int FirstLength = 32;

    private MemoryRow?[] _slots = new MemoryRow?[FirstLength];
    private int _count;

    /// <summary>The row that was last set for a key; null where there is none.</summary>
    public MemoryRow? Find(object key)
    {
        FindPlace(Volatile.Read(ref _slots), key, key.GetHashCode(), out MemoryRow? row);
        return row;
    }

    /// <summary>Sets the row of its key.</summary>
    public void Set(MemoryRow row)
    {
        int place = FindPlace(_slots, row.Key, row.KeyHash, out MemoryRow? previous);
        if (previous is null && ++_count > _slots.Length / 4 * 3)
        {
            Grow();
            place = FindPlace(_slots, row.Key, row.KeyHash, out _);
        }

        // A reader that sees the row sees what is in it.
        Volatile.Write(ref _slots[place], row);
    }

    /// <summary>The slot that has a key and its row, or the free one where it belongs.</summary>
    private static int FindPlace(MemoryRow?[] slots, object key, int hash, out MemoryRow? row)
    {
        int place = FirstPlace(slots, hash);
        while ((row = Volatile.Read(ref slots[place])) is not null && !(row.KeyHash == hash && row.Key.Equals(key)))
        {
            place = (place + 1) & (slots.Length - 1);
        }

        return place;
    }

    // Numbers are their own hash: the product spreads those that have a step in common.
    private static int FirstPlace(MemoryRow?[] slots, int hash) => (int)(((uint)hash * 0x9E3779B97F4A7C15UL) >> 32) & (slots.Length - 1);

    private void Grow()
    {
        MemoryRow?[] grown = new MemoryRow?[_slots.Length * 2];
        foreach (MemoryRow? row in _slots)
        {
            if (row is not null)
            {
                grown[FindPlace(grown, row.Key, row.KeyHash, out _)] = row;
            }
        }

        Volatile.Write(ref _slots, grown);
    }
}
