using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A Half a component, over a power of two that has the greatest one in Half's range.</summary>
internal sealed class HalfCodes(VectorMeasure measure, int dimensions) : WidenedCodes(measure, dimensions, dimensions * sizeof(ushort), numbersPerRow: 1)
{
    // Halfs reach to just below two to the power of 16; the least power of two that is an ordinary float has the exponent -126.
    private const int ExponentOfHalf = 14;
    private const int LeastExponent = -126;

    private readonly float[] _scaled = new float[dimensions];

    protected override void Widen(int row, Span<float> vector)
    {
        HalfVectors.Widen(MemoryMarshal.Cast<byte, Half>(Blocks.RowAt(row)), vector);
        TensorPrimitives.Multiply(vector, Blocks.NumbersFrom(row)[0], vector);
    }

    protected override void Encode(ReadOnlySpan<float> vector, Span<byte> code, Span<float> numbers)
    {
        vector.CopyTo(_scaled);
        if (IsCosine)
        {
            VectorMeasure.Normalize(_scaled, Dimensions, _scaled);
        }

        float most = Math.Abs(TensorPrimitives.MaxMagnitude<float>(_scaled));
        if (most == 0)
        {
            return;
        }

        float scale = MathF.ScaleB(1, Math.Max(MathF.ILogB(most) - ExponentOfHalf, LeastExponent));
        TensorPrimitives.Divide(_scaled, scale, _scaled);
        TensorPrimitives.ConvertToHalf(_scaled, MemoryMarshal.Cast<byte, Half>(code));
        numbers[0] = scale;
    }
}
