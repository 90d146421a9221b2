using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A signed byte a component: the vector over its greatest magnitude, times 127. Queries have up to 16 bits a component, so that their rounding does not count.</summary>
internal sealed class SByteCodes(VectorMeasure measure, int dimensions) : ProductCodes(measure, dimensions, dimensions)
{
    private const int Greatest = sbyte.MaxValue;

    private readonly int _paddedLength = (dimensions + SByteKernel.Step - 1) / SByteKernel.Step * SByteKernel.Step;

    // Sums of products stay within 32 bits: exact, in whatever order.
    private readonly int _greatestOfQuery = (int)Math.Min(short.MaxValue, int.MaxValue / (Greatest * (long)dimensions));

    /// <summary>What sums the products; another one than the best is for tests.</summary>
    public SByteKernel Kernel { get; init; } = SByteKernel.Best;

    public override RowQuery Prepare(ReadOnlySpan<float> query)
    {
        short[] values = new short[_paddedLength];
        double unit = TensorPrimitives.MaxMagnitude(query) is var most and not 0 ? (double)Math.Abs(most) / _greatestOfQuery : 0;
        for (int i = 0; i < query.Length && unit > 0; i++)
        {
            values[i] = (short)Math.Round(query[i] / unit);
        }

        return Make(values, unit);
    }

    public override RowQuery PrepareRow(int row)
    {
        short[] values = new short[_paddedLength];
        ReadOnlySpan<sbyte> code = MemoryMarshal.Cast<byte, sbyte>(Blocks.RowAt(row));
        for (int i = 0; i < code.Length; i++)
        {
            values[i] = code[i];
        }

        // The factor of a row is what one of its integers stands for.
        return Make(values, Blocks.NumbersFrom(row)[0]);
    }

    protected override void Sum(ProductQuery query, int firstRow, Span<int> sums) =>
        Kernel.Sum(((SByteQuery)query).Values, ref Unsafe.As<byte, sbyte>(ref Blocks.FirstByteOf(firstRow)), Dimensions, sums);

    protected override void Sum(ProductQuery query, ReadOnlySpan<int> rows, Span<int> sums)
    {
        short[] values = ((SByteQuery)query).Values;
        Span<int> four = stackalloc int[4];
        int last = rows.Length - 1;
        for (int i = 0; i < rows.Length; i += 4)
        {
            // The next four are on their way while these are compared.
            for (int next = i + 4; next < Math.Min(i + 8, rows.Length); next++)
            {
                Blocks.Prefetch(rows[next]);
            }

            Kernel.SumFour(
                values,
                ref CodeOf(rows[i]),
                ref CodeOf(rows[Math.Min(i + 1, last)]),
                ref CodeOf(rows[Math.Min(i + 2, last)]),
                ref CodeOf(rows[Math.Min(i + 3, last)]),
                four);
            four[..Math.Min(4, rows.Length - i)].CopyTo(sums[i..]);
        }
    }

    protected override void Encode(ReadOnlySpan<float> vector, Span<byte> code, Span<float> numbers)
    {
        double most = Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (most == 0)
        {
            return;
        }

        double squares = 0;
        double perUnit = Greatest / most;
        Span<sbyte> integers = MemoryMarshal.Cast<byte, sbyte>(code);
        for (int i = 0; i < vector.Length; i++)
        {
            integers[i] = (sbyte)Math.Round(vector[i] * perUnit);
            squares += integers[i] * integers[i];
        }

        // The length is that of the code, not of the vector: what rounding adds to it is in the distance to the code as well.
        double length = Math.Sqrt(squares);
        SetNumbers(numbers, 1 / length, length / perUnit);
    }

    private ref sbyte CodeOf(int row) => ref Unsafe.As<byte, sbyte>(ref Blocks.FirstByteOf(row));

    private SByteQuery Make(short[] values, double unit)
    {
        double squares = 0;
        foreach (short value in values)
        {
            squares += (double)value * value;
        }

        double length = Math.Sqrt(squares);
        return IsCosine ? new SByteQuery(values, length == 0 ? 0 : 1 / length, 1) : new SByteQuery(values, unit, unit * length);
    }
}
