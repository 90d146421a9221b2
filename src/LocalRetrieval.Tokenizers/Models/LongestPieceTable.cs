using System.Diagnostics;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>
/// Finds the longest piece that a text begins with. The hash of a start is made from that of the start one unit shorter, so a
/// search reads each unit once.
/// </summary>
internal sealed class LongestPieceTable
{
    private const uint Seed = 2166136261;
    private const uint Factor = 16777619;
    private const int StackLimit = 256;

    private readonly Entry[] _entries;
    private readonly int _mask;
    private readonly int _maxLength;

    public LongestPieceTable(IReadOnlyCollection<KeyValuePair<string, int>> pieces)
    {
        int capacity = 16;
        while (capacity < pieces.Count * 2)
        {
            capacity *= 2;
        }

        _entries = new Entry[capacity];
        _mask = capacity - 1;
        foreach ((string piece, int id) in pieces)
        {
            if (piece.Length > 0)
            {
                _maxLength = Math.Max(_maxLength, piece.Length);
                Insert(piece, id);
            }
        }
    }

    /// <summary>The longest piece that <paramref name="text"/> begins with.</summary>
    /// <returns>Its length, 0 where there is none.</returns>
    public int LongestStart(ReadOnlySpan<char> text, out int id)
    {
        int length = Math.Min(text.Length, _maxLength);
        Span<uint> hashes = length <= StackLimit ? stackalloc uint[StackLimit] : new uint[length];
        uint hash = Seed;
        for (int i = 0; i < length; i++)
        {
            hash = Next(hash, text[i]);
            hashes[i] = hash;
        }

        for (; length > 0; length--)
        {
            if (TryFind(text[..length], hashes[length - 1], out id))
            {
                return length;
            }
        }

        id = -1;
        return 0;
    }

    private static uint Next(uint hash, char unit) => (hash ^ unit) * Factor;

    private static int Slot(uint hash) => (int)(hash ^ (hash >> 15));

    private bool TryFind(ReadOnlySpan<char> piece, uint hash, out int id)
    {
        Entry[] entries = _entries;
        for (int slot = Slot(hash) & _mask; entries[slot].Piece is { } candidate; slot = (slot + 1) & _mask)
        {
            if (entries[slot].Hash == hash && piece.SequenceEqual(candidate))
            {
                id = entries[slot].Id;
                return true;
            }
        }

        id = -1;
        return false;
    }

    private void Insert(string piece, int id)
    {
        uint hash = Seed;
        foreach (char unit in piece)
        {
            hash = Next(hash, unit);
        }

        int slot = Slot(hash) & _mask;
        while (_entries[slot].Piece is not null)
        {
            slot = (slot + 1) & _mask;
        }

        Debug.Assert(piece.Length <= _maxLength);
        _entries[slot] = new Entry(piece, hash, id);
    }

    private readonly record struct Entry(string Piece, uint Hash, int Id);
}
