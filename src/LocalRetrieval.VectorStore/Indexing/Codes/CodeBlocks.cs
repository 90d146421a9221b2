using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Rows of a fixed number of bytes, and some numbers beside each, in aligned blocks.</summary>
/// <remarks>
/// One writer appends; readers read rows that were published to them, and need no lock. A block that is alone grows by doubling, so that small collections are small: it is
/// copied, and readers of the smaller one keep it. What lies up to <see cref="Overread"/> bytes behind any row can be read, whatever is there.
/// </remarks>
internal sealed class CodeBlocks
{
    /// <summary>How many bytes behind a row's end may be read: a register.</summary>
    public const int Overread = 64;

    private const int CacheLineBytes = 64;
    private const int BytesPerBlock = 1 << 20;
    private const int MostRowsPerBlock = 1 << 14;
    private const int LeastRows = 16;

    private readonly int _shift;
    private volatile Block[] _blocks = [];

    /// <param name="bytesPerRow">The bytes of a row.</param>
    /// <param name="numbersPerRow">How many numbers a row has beside them.</param>
    public CodeBlocks(int bytesPerRow, int numbersPerRow)
    {
        BytesPerRow = bytesPerRow;
        NumbersPerRow = numbersPerRow;
        RowsPerBlock = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(BytesPerBlock / bytesPerRow)), 64, MostRowsPerBlock);
        _shift = BitOperations.Log2((uint)RowsPerBlock);
    }

    public int BytesPerRow { get; }

    public int NumbersPerRow { get; }

    /// <summary>How many rows a block holds: a power of two.</summary>
    public int RowsPerBlock { get; }

    /// <summary>The memory of all blocks, in bytes.</summary>
    public long Bytes => _blocks.Sum(block => (long)block.Codes.Length + ((long)block.Numbers.Length * sizeof(float)));

    /// <summary>Makes room for rows.</summary>
    public void EnsureCapacity(int rows)
    {
        Block[] blocks = _blocks;
        long capacity = blocks is [.., { } last] ? ((blocks.Length - 1L) << _shift) + last.Rows : 0;
        if (rows <= capacity)
        {
            return;
        }

        Block[] grown = new Block[(int)(((long)rows + RowsPerBlock - 1) >> _shift)];
        blocks.CopyTo(grown, 0);
        int size = grown.Length > 1 ? RowsPerBlock : Math.Min(RowsPerBlock, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows, LeastRows)));
        for (int i = 0; i < grown.Length; i++)
        {
            if (grown[i].Rows < size)
            {
                grown[i] = new Block(size, this, grown[i]);
            }
        }

        _blocks = grown;
    }

    /// <summary>How many rows lie one after another from a row on, up to its block's end.</summary>
    public int CountToEnd(int row) => RowsPerBlock - (row & (RowsPerBlock - 1));

    /// <summary>The bytes of a row, to be read or, where nobody knows the row yet, written.</summary>
    public Span<byte> RowAt(int row) => MemoryMarshal.CreateSpan(ref FirstByteOf(row), BytesPerRow);

    /// <summary>The first byte of a row.</summary>
    public ref byte FirstByteOf(int row)
    {
        ref Block block = ref _blocks[row >> _shift];
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.Codes), (nint)block.Start + ((nint)(row & (RowsPerBlock - 1)) * BytesPerRow));
    }

    /// <summary>Begins to load a row and its numbers into the cache.</summary>
    public unsafe void Prefetch(int row)
    {
        // Nothing is read that could fail: that the collector may free the block meanwhile does no harm.
        nint first = (nint)Unsafe.AsPointer(ref FirstByteOf(row));
        for (nint line = first; line < first + BytesPerRow; line += CacheLineBytes)
        {
            CacheLine.Prefetch(line);
        }

        if (NumbersPerRow > 0)
        {
            CacheLine.Prefetch((nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(NumbersFrom(row))));
        }
    }

    /// <summary>Finds where rows lie, in memory that does not move.</summary>
    /// <param name="rows">The numbers of the rows.</param>
    /// <param name="addresses">Takes an address a row.</param>
    /// <returns>What holds the memory: to be kept alive until the last address was read from.</returns>
    public object Locate(ReadOnlySpan<int> rows, Span<nint> addresses)
    {
        Block[] blocks = _blocks;
        for (int i = 0; i < rows.Length; i++)
        {
            addresses[i] = blocks[rows[i] >> _shift].Address + ((nint)(rows[i] & (RowsPerBlock - 1)) * BytesPerRow);
        }

        return blocks;
    }

    /// <summary>Begins to load a row into the cache.</summary>
    public void Prefetch(nint address)
    {
        for (nint line = address; line < address + BytesPerRow; line += CacheLineBytes)
        {
            CacheLine.Prefetch(line);
        }
    }

    /// <summary>The first number of a row.</summary>
    public ref float FirstNumberOf(int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_blocks[row >> _shift].Numbers), (row & (RowsPerBlock - 1)) * NumbersPerRow);

    /// <summary>The numbers of neighbouring rows, <c>[row, number]</c>, up to their block's end.</summary>
    public Span<float> NumbersFrom(int row) => _blocks[row >> _shift].Numbers.AsSpan((row & (RowsPerBlock - 1)) * NumbersPerRow);

    /// <summary>Writes rows below a number, block after block.</summary>
    public void Save(IndexOutput output, int rows)
    {
        Block[] blocks = _blocks;
        for (int first = 0; first < rows; first += RowsPerBlock)
        {
            ref Block block = ref blocks[first >> _shift];
            int count = Math.Min(RowsPerBlock, rows - first);
            output.Write<byte>(block.Codes.AsSpan(block.Start, count * BytesPerRow));
            output.Write<float>(block.Numbers.AsSpan(0, count * NumbersPerRow));
        }
    }

    /// <summary>Copies rows that were written by <see cref="Save"/> over the first rows, which nobody knows yet.</summary>
    public void Load(IndexInput input, int rows)
    {
        EnsureCapacity(rows);
        for (int first = 0; first < rows; first += RowsPerBlock)
        {
            ref Block block = ref _blocks[first >> _shift];
            int count = Math.Min(RowsPerBlock, rows - first);
            input.Read<byte>(count * BytesPerRow).Span.CopyTo(block.Codes.AsSpan(block.Start));
            input.Read<float>(count * NumbersPerRow).Span.CopyTo(block.Numbers);
        }
    }

    private readonly struct Block
    {
        public Block(int rows, CodeBlocks owner, Block start)
        {
            int bytes = rows * owner.BytesPerRow;
            MemoryMarshal.TryGetArray(AlignedMemory.Allocate<byte>(bytes + Overread), out ArraySegment<byte> aligned);
            Codes = aligned.Array!;
            Start = aligned.Offset;
            Address = Marshal.UnsafeAddrOfPinnedArrayElement(Codes, Start);
            Numbers = new float[rows * owner.NumbersPerRow];
            Rows = rows;
            start.Codes?.AsSpan(start.Start, start.Rows * owner.BytesPerRow).CopyTo(aligned);
            start.Numbers?.CopyTo(Numbers, 0);
        }

        public byte[] Codes { get; }

        /// <summary>Where the rows begin in the array.</summary>
        public int Start { get; }

        /// <summary>Where they begin in memory.</summary>
        public nint Address { get; }

        public float[] Numbers { get; }

        /// <summary>How many rows it holds; the default holds none.</summary>
        public int Rows { get; }
    }
}
