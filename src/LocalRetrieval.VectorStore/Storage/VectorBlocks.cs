using System.Numerics;
using System.Numerics.Tensors;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The vectors of one property, row after row, in blocks of contiguous float32 or Half.</summary>
/// <remarks>
/// One writer appends; readers read the rows that a generation has published to them, and need no lock. A row without a vector keeps
/// its place, and zeros are there.
/// </remarks>
internal sealed class VectorBlocks
{
    private const int ComponentsPerBlock = 1 << 18;
    private const int MostRowsPerBlock = 4096;

    private readonly int _dimensions;
    private readonly bool _isHalf;
    private readonly int _shift;
    private readonly float[] _widened;
    private volatile Block[] _blocks = [];

    public VectorBlocks(int dimensions, bool isHalf)
    {
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
        int needed = (int)(((long)rows + RowsPerBlock - 1) >> _shift);
        Block[] blocks = _blocks;
        if (needed > blocks.Length)
        {
            Block[] grown = new Block[needed];
            blocks.CopyTo(grown, 0);
            for (int i = blocks.Length; i < needed; i++)
            {
                grown[i] = new Block(RowsPerBlock, _dimensions, _isHalf);
            }

            _blocks = grown;
        }
    }

    public void Set(int row, ReadOnlySpan<float> vector)
    {
        Block block = _blocks[row >> _shift];
        int place = row & (RowsPerBlock - 1);
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
        Block from = source._blocks[sourceRow >> _shift];
        Block to = _blocks[row >> _shift];
        int fromPlace = sourceRow & (RowsPerBlock - 1);
        int toPlace = row & (RowsPerBlock - 1);
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
        Block block = _blocks[row >> _shift];
        int start = (row & (RowsPerBlock - 1)) * _dimensions;
        if (!_isHalf)
        {
            return block.Floats.Slice(start, _dimensions).ToArray();
        }

        float[] vector = new float[_dimensions];
        HalfVectors.Widen(block.Halves.Span.Slice(start, _dimensions), vector);
        return vector;
    }

    /// <summary>The first <paramref name="rows"/> rows, for a search.</summary>
    public RowBlock[] Read(int rows)
    {
        Block[] blocks = _blocks;
        RowBlock[] read = new RowBlock[(rows + RowsPerBlock - 1) >> _shift];
        for (int i = 0; i < read.Length; i++)
        {
            int first = i << _shift;
            read[i] = blocks[i].Read(first, Math.Min(RowsPerBlock, rows - first), _dimensions);
        }

        return read;
    }

    // Double precision is for vectors whose squares are no ordinary floats.
    private static float ScaleOf(ReadOnlySpan<float> vector) =>
        TensorPrimitives.SumOfSquares(vector) is > 1e-20f and < 1e30f and { } sum ? 1 / MathF.Sqrt(sum) : VectorMeasure.ScaleOf(vector);

    private readonly struct Block(int rows, int dimensions, bool isHalf)
    {
        public Memory<float> Floats { get; } = isHalf ? default : AlignedMemory.Allocate<float>(rows * dimensions);

        public Memory<Half> Halves { get; } = isHalf ? AlignedMemory.Allocate<Half>(rows * dimensions) : default;

        public float[] Scales { get; } = new float[rows];

        public RowBlock Read(int firstRow, int count, int dimensions) => Halves.IsEmpty
            ? RowBlock.Of(firstRow, Floats[..(count * dimensions)], dimensions, Scales.AsMemory(0, count))
            : RowBlock.Of(firstRow, Halves[..(count * dimensions)], dimensions, Scales.AsMemory(0, count));
    }
}
