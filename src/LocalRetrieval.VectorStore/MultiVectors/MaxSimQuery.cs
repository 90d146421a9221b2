using System.Numerics.Tensors;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>The vectors of a query in the form in which rows of one format are compared with them.</summary>
/// <remarks>
/// With int8 they are compared as int16, which costs the processor the same; what that loses is a hundredth of what int8 of the rows lose, or less (the benchmark late measures both). Each has a scale. Immutable and safe for concurrent use.
/// </remarks>
internal sealed class MaxSimQuery
{
    private readonly ReadOnlyMemory<float> _floats;
    private readonly short[] _codes = [];
    private readonly float[] _scales = [];

    /// <param name="format">How the rows are written.</param>
    /// <param name="vectors">The vectors, <c>[vector, dimension]</c>, none of their numbers beyond <see cref="TokenFormat.Greatest"/>.</param>
    public MaxSimQuery(TokenFormat format, ReadOnlyMemory<float> vectors)
    {
        Count = vectors.Length / format.Dimensions;
        _floats = vectors;
        if (format.IsQuantized)
        {
            _codes = new short[Count * format.Stride];
            _scales = new float[Count];
            Quantize(format, vectors.Span);
        }
    }

    /// <summary>How many vectors there are.</summary>
    public int Count { get; }

    /// <summary>The int16, <c>[vector, stride]</c>, where rows are int8.</summary>
    public ReadOnlySpan<short> Codes => _codes;

    /// <summary>What a vector's int16 are multiplied with.</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>The vectors as they were given.</summary>
    public ReadOnlySpan<float> Floats => _floats.Span;

    /// <summary>The greatest int16 whose products with int8 have sums that are int32.</summary>
    public static int GreatestCode(int stride) => (int)Math.Min(short.MaxValue, int.MaxValue / ((long)sbyte.MaxValue * stride));

    private void Quantize(TokenFormat format, ReadOnlySpan<float> vectors)
    {
        int greatest = GreatestCode(format.Stride);
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> vector = vectors.Slice(i * format.Dimensions, format.Dimensions);
            double scale = (double)MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / greatest;
            for (int j = 0; scale > 0 && j < vector.Length; j++)
            {
                _codes[(i * format.Stride) + j] = (short)Math.Round(vector[j] / scale);
            }

            _scales[i] = (float)scale;
        }
    }
}
