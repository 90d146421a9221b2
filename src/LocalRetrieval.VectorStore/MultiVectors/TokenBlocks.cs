using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>The vectors of one property of several vectors a record: those of a row one after another, row after row in blocks of memory, and where each row's begin.</summary>
/// <remarks>
/// One writer appends; readers read the rows that a generation has published to them, and need no lock. Blocks grow from one to the next, so that small collections are small; what was
/// written is never moved. The first rows may stand in a snapshot, and are never set.
/// </remarks>
/// <param name="format">How vectors are written.</param>
/// <param name="stored">The first rows, which stand in a snapshot; null for none.</param>
/// <param name="first">How many those are.</param>
internal sealed class TokenBlocks(TokenFormat format, TokenRows? stored = null, int first = 0) : TokenRows
{
    private const int RowsPerPart = 1024;
    private const int LeastLength = 1 << 14;
    private const int MostLength = 1 << 22;

    private volatile Place[][] _places = [];
    private volatile Block[] _blocks = [];
    private int _used;

    /// <summary>How they are written, whatever a property that asks for them would have.</summary>
    public TokenFormat Format => format;

    /// <summary>How many bytes the vectors in memory take, those of rows that are no longer there included.</summary>
    public long Bytes { get; private set; }

    public override long Count => (stored?.Count ?? 0) + (Bytes / format.Length);

    public void EnsureCapacity(int rows)
    {
        int needed = (Math.Max(0, rows - first) + RowsPerPart - 1) / RowsPerPart;
        Place[][] places = _places;
        if (needed > places.Length)
        {
            Place[][] grown = new Place[needed][];
            places.CopyTo(grown, 0);
            for (int i = places.Length; i < needed; i++)
            {
                grown[i] = new Place[RowsPerPart];
            }

            _places = grown;
        }
    }

    /// <summary>Writes the vectors of a row that has room.</summary>
    public void Set(int row, TokenRow vectors)
    {
        Place place = vectors.Count == 0 ? default : Take(vectors.Count);
        if (vectors.Count > 0)
        {
            Write(_blocks[place.Block], place.Start, vectors);
        }

        row -= first;
        _places[row / RowsPerPart][row % RowsPerPart] = place;
    }

    public override TokenRow Find(int row)
    {
        if (row < first)
        {
            return stored!.Find(row);
        }

        row -= first;
        Place place = _places[row / RowsPerPart][row % RowsPerPart];
        if (place.Count == 0)
        {
            return default;
        }

        Block block = _blocks[place.Block];
        ReadOnlySpan<float> scales = format.IsQuantized ? block.Scales.AsSpan(place.Start, place.Count) : default;
        return format.RowOf(place.Count, block.Vectors.Span.Slice(place.Start * format.VectorLength, place.Count * format.VectorLength), scales);
    }

    /// <summary>Room for vectors, behind those that were written last.</summary>
    private Place Take(int count)
    {
        if (_blocks is not [.., { } last] || last.Capacity - _used < count)
        {
            int length = Math.Max(Math.Min(LeastLength << Math.Min(_blocks.Length, 8), MostLength) / format.VectorLength, count);
            _blocks = [.. _blocks, new Block(length, format)];
            _used = 0;
        }

        Place place = new(_blocks.Length - 1, _used, count);
        _used += count;
        Bytes += (long)count * format.Length;
        return place;
    }

    private void Write(Block block, int start, TokenRow vectors)
    {
        Span<byte> written = block.Vectors.Span[(start * format.VectorLength)..];
        if (format.IsQuantized)
        {
            MemoryMarshal.AsBytes(vectors.Codes).CopyTo(written);
            vectors.Scales.CopyTo(block.Scales.AsSpan(start));
        }
        else
        {
            MemoryMarshal.AsBytes(vectors.Floats).CopyTo(written);
        }
    }

    /// <summary>Where the vectors of a row are.</summary>
    private readonly record struct Place(int Block, int Start, int Count);

    private sealed class Block(int capacity, TokenFormat format)
    {
        public int Capacity => capacity;

        public Memory<byte> Vectors { get; } = AlignedMemory.Allocate<byte>(checked(capacity * format.VectorLength));

        public float[] Scales { get; } = new float[format.IsQuantized ? capacity : 0];
    }
}
