using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The vectors of one property, row after row, in blocks of contiguous float32.</summary>
/// <remarks>
/// One writer appends; readers read the rows that a generation has published to them, and need no lock. A row without a vector keeps
/// its place, and zeros are there.
/// </remarks>
internal sealed class VectorBlocks
{
    private const int BlockFloats = 1 << 16;
    private const int Alignment = 64;

    private readonly int _shift;
    private volatile Block[] _blocks = [];

    public VectorBlocks(int dimensions)
    {
        Dimensions = dimensions;
        RowsPerBlock = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(BlockFloats / dimensions)), 16, 1024);
        _shift = BitOperations.Log2((uint)RowsPerBlock);
    }

    public int Dimensions { get; }

    /// <summary>How many rows a block holds: a power of two. Row r is row r modulo this of block r over this.</summary>
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
                grown[i] = new Block(RowsPerBlock, Dimensions);
            }

            _blocks = grown;
        }
    }

    public void Set(int row, ReadOnlySpan<float> vector)
    {
        Block block = _blocks[row >> _shift];
        int place = row & (RowsPerBlock - 1);
        vector.CopyTo(block.Values.AsSpan(block.Start + (place * Dimensions), Dimensions));
        block.InverseNorms[place] = InverseNorm(vector);
    }

    public ReadOnlySpan<float> Get(int row)
    {
        Block block = _blocks[row >> _shift];
        return block.Values.AsSpan(block.Start + ((row & (RowsPerBlock - 1)) * Dimensions), Dimensions);
    }

    /// <summary>A block's vectors, [rows, dimensions]; its first float is aligned to 64 bytes.</summary>
    public ReadOnlySpan<float> GetBlock(int block, int rows) => _blocks[block].Values.AsSpan(_blocks[block].Start, rows * Dimensions);

    /// <summary>One over the length of each vector of a block; zero for a zero vector, whose cosine with anything is then zero.</summary>
    public ReadOnlySpan<double> GetInverseNorms(int block, int rows) => _blocks[block].InverseNorms.AsSpan(0, rows);

    public double GetInverseNorm(int row) => _blocks[row >> _shift].InverseNorms[row & (RowsPerBlock - 1)];

    /// <summary>One over the length of a vector; zero for a zero vector.</summary>
    public static double InverseNorm(ReadOnlySpan<float> vector)
    {
        float sum = TensorPrimitives.SumOfSquares(vector);
        double square = float.IsNormal(sum) ? sum : SumOfSquaresInDouble(vector);
        return square == 0 ? 0 : 1 / Math.Sqrt(square);
    }

    // In double precision, where the squares of all finite floats are finite and none but zero's is zero.
    private static double SumOfSquaresInDouble(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    private readonly struct Block
    {
        public Block(int rows, int dimensions)
        {
            int slack = Alignment / sizeof(float);
            Values = GC.AllocateArray<float>((rows * dimensions) + slack, pinned: true);
            InverseNorms = new double[rows];
            nint address = Marshal.UnsafeAddrOfPinnedArrayElement(Values, 0);
            Start = (int)(((address + Alignment - 1) & ~(Alignment - 1)) - address) / sizeof(float);
        }

        /// <summary>The numbers, in memory that does not move.</summary>
        public float[] Values { get; }

        /// <summary>Where in <see cref="Values"/> the first aligned float is.</summary>
        public int Start { get; }

        public double[] InverseNorms { get; }
    }
}
