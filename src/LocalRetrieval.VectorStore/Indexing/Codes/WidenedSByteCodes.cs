using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A signed byte a component, as <see cref="SByteCodes"/> has it, for distances that are no sum of products: of differences of numbers whose scales differ there is no sum of integers.</summary>
internal sealed class WidenedSByteCodes(VectorMeasure measure, int dimensions) : WidenedCodes(measure, dimensions, dimensions, numbersPerRow: 1)
{
    protected override void Widen(int row, Span<float> vector)
    {
        ReadOnlySpan<sbyte> code = MemoryMarshal.Cast<byte, sbyte>(Blocks.RowAt(row));
        float scale = Blocks.NumbersFrom(row)[0];
        int i = 0;
        for (; i <= code.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(code[i..]), out Vector<short> lower, out Vector<short> upper);
            Widen(lower, scale, vector[i..]);
            Widen(upper, scale, vector[(i + Vector<short>.Count)..]);
        }

        for (; i < code.Length; i++)
        {
            vector[i] = code[i] * scale;
        }
    }

    protected override void Encode(ReadOnlySpan<float> vector, Span<byte> code, Span<float> numbers)
    {
        double most = Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        Span<sbyte> integers = MemoryMarshal.Cast<byte, sbyte>(code);
        for (int i = 0; i < vector.Length && most > 0; i++)
        {
            integers[i] = (sbyte)Math.Round(vector[i] * (sbyte.MaxValue / most));
        }

        numbers[0] = (float)(most / sbyte.MaxValue);
    }

    private static void Widen(Vector<short> values, float scale, Span<float> target)
    {
        Vector.Widen(values, out Vector<int> lower, out Vector<int> upper);
        (Vector.ConvertToSingle(lower) * scale).CopyTo(target);
        (Vector.ConvertToSingle(upper) * scale).CopyTo(target[Vector<float>.Count..]);
    }
}
