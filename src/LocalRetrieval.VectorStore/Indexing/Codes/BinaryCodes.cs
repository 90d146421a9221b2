using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A bit a component: the signs of the vector after a random rotation. Queries keep four bits a component.</summary>
/// <remarks>
/// A vector's dot product with its own signs is the sum of its magnitudes, so that over it a query's dot product with the signs is an unbiased estimate of that with the vector
/// (Gao et al., RaBitQ, 2024). Taking the mean of all vectors away first found no more on vectors of sentences, and would have to be known before the first row.
/// </remarks>
internal sealed class BinaryCodes(VectorMeasure measure, int dimensions, int seed)
    : ProductCodes(measure, dimensions, (dimensions + BitsOfWord - 1) / BitsOfWord * sizeof(ulong))
{
    private const int BitsOfWord = 64;

    // What four bits reach to: beyond it lie about 3 of a thousand normally distributed components.
    private const float DeviationsOfQuery = 3;

    private readonly RandomRotation _rotation = new(dimensions, seed);

    // Only the writer's.
    private readonly float[] _rotated = new float[dimensions];

    private int Words => Blocks.BytesPerRow / sizeof(ulong);

    public override RowQuery Prepare(ReadOnlySpan<float> query)
    {
        float[] rotated = new float[Dimensions];
        double length = Rotate(query, rotated);
        float most = Math.Abs(TensorPrimitives.MaxMagnitude<float>(rotated));
        float step = Math.Min(most, DeviationsOfQuery / MathF.Sqrt(Dimensions)) / (1 << (BinaryKernel.Bits - 1));
        ulong[] planes = new ulong[Words * BinaryKernel.Bits];
        for (int i = 0; i < rotated.Length && step > 0; i++)
        {
            SetBits(planes, i, (int)Math.Clamp(MathF.Floor(rotated[i] / step) + 8, 0, BinaryKernel.Greatest));
        }

        return Make(planes, step / 2, length);
    }

    public override RowQuery PrepareRow(int row)
    {
        ulong[] planes = new ulong[Words * BinaryKernel.Bits];
        ReadOnlySpan<ulong> signs = MemoryMarshal.Cast<byte, ulong>(Blocks.RowAt(row));
        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = signs[i / BinaryKernel.Bits];
        }

        ReadOnlySpan<float> numbers = Blocks.NumbersFrom(row);
        // Where the length is not noted it follows from what magnitudes of a rotated vector add up to on average.
        double length = IsCosine || numbers[0] == 0 ? 1 : Blocks.NumbersPerRow > 1 ? numbers[1] : numbers[0] * Math.Sqrt(2 * Dimensions / Math.PI);
        return Make(planes, numbers[0] == 0 ? 0 : 1 / (BinaryKernel.Greatest * Math.Sqrt(Dimensions)), length);
    }

    protected override void Sum(ProductQuery query, int firstRow, Span<int> sums)
    {
        BinaryQuery own = (BinaryQuery)query;
        BinaryKernel.Best.Sum(own.Planes, own.Registers, ref Unsafe.As<byte, ulong>(ref Blocks.FirstByteOf(firstRow)), Dimensions, sums);
    }

    protected override void Sum(ProductQuery query, ReadOnlySpan<int> rows, Span<int> sums)
    {
        ulong[] planes = ((BinaryQuery)query).Planes;
        for (int i = 0; i < rows.Length; i++)
        {
            PrefetchAhead(rows, i);
            sums[i] = BinaryKernel.SumOne(planes, ref Unsafe.As<byte, ulong>(ref Blocks.FirstByteOf(rows[i])), Dimensions);
        }
    }

    protected override void Encode(ReadOnlySpan<float> vector, Span<byte> code, Span<float> numbers)
    {
        double length = Rotate(vector, _rotated);
        if (length == 0)
        {
            return;
        }

        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(code);
        for (int i = 0; i < _rotated.Length; i++)
        {
            words[i / BitsOfWord] |= _rotated[i] >= 0 ? 1UL << (i % BitsOfWord) : 0;
        }

        SetNumbers(numbers, 1 / (double)TensorPrimitives.SumOfMagnitudes<float>(_rotated), length);
    }

    private static void SetBits(ulong[] planes, int component, int value)
    {
        for (int bit = 0; bit < BinaryKernel.Bits; bit++)
        {
            planes[(component / BitsOfWord * BinaryKernel.Bits) + bit] |= (ulong)((value >> bit) & 1) << (component % BitsOfWord);
        }
    }

    private BinaryQuery Make(ulong[] planes, double scale, double length) => new(planes, IsCosine ? scale : scale * length, length);

    /// <summary>Makes a rotated vector of length 1.</summary>
    /// <returns>The length that it had.</returns>
    private double Rotate(ReadOnlySpan<float> vector, Span<float> rotated)
    {
        VectorMeasure.Normalize(vector, Dimensions, rotated);
        _rotation.Apply(rotated);
        return VectorMeasure.Norm(vector);
    }
}
