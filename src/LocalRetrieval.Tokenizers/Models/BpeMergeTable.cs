using System.Diagnostics;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>The merges of a BPE model: what two neighbours become, and which merge comes first.</summary>
internal sealed class BpeMergeTable
{
    private const ulong Empty = ulong.MaxValue;
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private readonly Entry[] _entries;
    private readonly int _shift;

    /// <param name="merges">Left id, right id and the id of both together, by rank; of two for one pair the later holds.</param>
    public BpeMergeTable(IReadOnlyCollection<(int Left, int Right, int Merged)> merges)
    {
        int bits = 4;
        while (1 << bits < merges.Count * 2)
        {
            bits++;
        }

        _shift = 64 - bits;
        _entries = new Entry[1 << bits];
        Array.Fill(_entries, new Entry(Empty, 0, 0));
        int rank = 0;
        foreach ((int left, int right, int merged) in merges)
        {
            ulong key = Key(left, right);
            _entries[Slot(key)] = new Entry(key, rank++, merged);
        }
    }

    /// <summary>The pairs that merge, in no order.</summary>
    public IEnumerable<(int Left, int Right)> Pairs =>
        _entries.Where(entry => entry.Key != Empty).Select(entry => ((int)(entry.Key >> 32), (int)(uint)entry.Key));

    /// <summary>The rank of a merge, lower first, or <see cref="int.MaxValue"/> where the neighbours do not merge.</summary>
    public int Rank(int left, int right, out int merged)
    {
        ref readonly Entry entry = ref _entries[Slot(Key(left, right))];
        merged = entry.Merged;
        return entry.Key == Empty ? int.MaxValue : entry.Rank;
    }

    private static ulong Key(int left, int right)
    {
        Debug.Assert(left >= 0 && right >= 0);
        return ((ulong)(uint)left << 32) | (uint)right;
    }

    /// <summary>Where a key is, or the empty place where it would be.</summary>
    private int Slot(ulong key)
    {
        Entry[] entries = _entries;
        int slot = (int)((key * Factor) >> _shift);
        while (entries[slot].Key != key && entries[slot].Key != Empty)
        {
            slot = (slot + 1) & (entries.Length - 1);
        }

        return slot;
    }

    private readonly record struct Entry(ulong Key, int Rank, int Merged);
}
