using System.Numerics;
using System.Numerics.Tensors;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The vectors of one property, row after row, in blocks of contiguous float32 or Half.</summary>
/// <remarks>
/// One writer appends; readers read the rows that a generation has published to them, and need no lock. A row without a vector keeps
/// its place, and zeros are there. A block that is alone grows by doubling, so that small collections are small: it is copied, and
/// readers of the smaller one keep it. The first rows may stand in a snapshot, and are never set. No block moves in memory.
/// </remarks>
internal sealed class VectorBlocks
{
    private const int ComponentsPerBlock = 1 << 18;
    private const int MostRowsPerBlock = 4096;
    private const int LeastRows = 16;

    private readonly int _dimensions;
    private readonly bool _isHalf;
    private readonly int _shift;
    private readonly float[] _widened;
    private readonly StoredVectors? _stored;
    private readonly int _first;
    private volatile Block[] _blocks = [];

    /// <param name="dimensions">The vectors' dimensions.</param>
    /// <param name="isHalf">Whether they are stored as Half.</param>
    /// <param name="stored">The first rows, which stand in a snapshot; null for none.</param>
    /// <param name="first">How many those are.</param>
    public VectorBlocks(int dimensions, bool isHalf, StoredVectors? stored = null, int first = 0)
    {
        _stored = stored;
        _first = first;
        _dimensions = dimensions;
        _isHalf = isHalf;
        _widened = isHalf ? new float[dimensions] : [];
        RowsPerBlock = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(ComponentsPerBlock / dimensions)), 64, MostRowsPerBlock);
        _shift = BitOperations.Log2((uint)RowsPerBlock);
    }

    /// <summary>How many rows a block holds: a power of two.</summary>
    public int RowsPerBlock { get; }

    /// <summary>Makes room for rows, so that setting them cannot fail.</summary>
    public void EnsureCapacity(int rows)
    {
        rows -= _first;
        Block[] blocks = _blocks;
        long capacity = blocks is [.., { } last] ? ((blocks.Length - 1L) << _shift) + last.Rows : 0;
        if (rows <= capacity)
        {
            return;
        }

        Block[] grown = new Block[(int)(((long)rows + RowsPerBlock - 1) >> _shift)];
        blocks.CopyTo(grown, 0);
        int size = grown.Length > 1 ? RowsPerBlock : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows, LeastRows));
        for (int i = 0; i < grown.Length; i++)
        {
            if (grown[i].Rows < size)
            {
                grown[i] = new Block(size, _dimensions, _isHalf, grown[i]);
            }
        }

        _blocks = grown;
    }

    public void Set(int row, ReadOnlySpan<float> vector)
    {
        Block block = Find(row, out int place);
        if (!_isHalf)
        {
            vector.CopyTo(block.Floats.Span[(place * _dimensions)..]);
            block.Scales[place] = ScaleOf(vector);
            return;
        }

        Span<Half> halves = block.Halves.Span.Slice(place * _dimensions, _dimensions);
        HalfVectors.Narrow(vector, halves);
        HalfVectors.Widen(halves, _widened);
        block.Scales[place] = ScaleOf(_widened);
    }

    /// <summary>Copies a vector, as it is stored, from a row of other blocks of the same dimensions and numbers.</summary>
    public void Copy(int row, VectorBlocks source, int sourceRow)
    {
        Block from = source.Find(sourceRow, out int fromPlace);
        Block to = Find(row, out int toPlace);
        if (_isHalf)
        {
            from.Halves.Span.Slice(fromPlace * _dimensions, _dimensions).CopyTo(to.Halves.Span[(toPlace * _dimensions)..]);
        }
        else
        {
            from.Floats.Span.Slice(fromPlace * _dimensions, _dimensions).CopyTo(to.Floats.Span[(toPlace * _dimensions)..]);
        }

        to.Scales[toPlace] = from.Scales[fromPlace];
    }

    /// <summary>A copy of a row's vector.</summary>
    public float[] Get(int row)
    {
        if (row < _first)
        {
            return _stored!.Get(row);
        }

        Block block = Find(row, out int place);
        int start = place * _dimensions;
        if (!_isHalf)
        {
            return block.Floats.Slice(start, _dimensions).ToArray();
        }

        float[] vector = new float[_dimensions];
        HalfVectors.Widen(block.Halves.Span.Slice(start, _dimensions), vector);
        return vector;
    }

    /// <summary>The first <paramref name="rows"/> rows, and no others: for a search, or for an index that has not got further yet.</summary>
    public RowBlock[] Read(int rows)
    {
        Block[] blocks = _blocks;
        int stored = _stored?.BlocksBefore(Math.Min(rows, _first)) ?? 0;
        RowBlock[] read = new RowBlock[stored + ((Math.Max(0, rows - _first) + RowsPerBlock - 1) >> _shift)];
        for (int i = 0; i < stored; i++)
        {
            RowBlock block = _stored!.Blocks[i];
            read[i] = block.FirstRow + block.Count <= rows ? block : block.To(rows - block.FirstRow, _dimensions);
        }

        for (int i = stored; i < read.Length; i++)
        {
            int first = _first + ((i - stored) << _shift);
            read[i] = blocks[i - stored].Read(first, Math.Min(RowsPerBlock, rows - first), _dimensions);
        }

        return read;
    }

    /// <summary>One over a vector's length, as <see cref="VectorMeasure.ScaleOf"/> has it.</summary>
    // Double precision is for vectors whose squares are no ordinary floats.
    public static float ScaleOf(ReadOnlySpan<float> vector) =>
        TensorPrimitives.SumOfSquares(vector) is > 1e-20f and < 1e30f and { } sum ? 1 / MathF.Sqrt(sum) : VectorMeasure.ScaleOf(vector);

    private Block Find(int row, out int place)
    {
        row -= _first;
        place = row & (RowsPerBlock - 1);
        return _blocks[row >> _shift];
    }

    private readonly struct Block
    {
        /// <param name="rows">How many rows it holds: no fewer than <paramref name="start"/>.</param>
        /// <param name="dimensions">The vectors' dimensions.</param>
        /// <param name="isHalf">Whether it holds Half.</param>
        /// <param name="start">What its first rows are; the default for zeros.</param>
        public Block(int rows, int dimensions, bool isHalf, Block start)
        {
            Floats = isHalf ? default : AlignedMemory.Allocate<float>(rows * dimensions);
            Halves = isHalf ? AlignedMemory.Allocate<Half>(rows * dimensions) : default;
            Scales = GC.AllocateArray<float>(rows, pinned: true);
            start.Floats.CopyTo(Floats);
            start.Halves.CopyTo(Halves);
            start.Scales?.CopyTo(Scales, 0);
        }

        /// <summary>How many rows it holds; the default holds none.</summary>
        public int Rows => Scales?.Length ?? 0;

        public Memory<float> Floats { get; }

        public Memory<Half> Halves { get; }

        public float[] Scales { get; }

        public RowBlock Read(int firstRow, int count, int dimensions) => Halves.IsEmpty
            ? RowBlock.Of(firstRow, Floats[..(count * dimensions)], dimensions, Scales.AsMemory(0, count))
            : RowBlock.Of(firstRow, Halves[..(count * dimensions)], dimensions, Scales.AsMemory(0, count));
    }
}
