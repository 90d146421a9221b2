using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>How the vectors of a row are written: int8 with a scale for each vector, or float32.</summary>
/// <remarks>
/// A scale has 17 significant bits at the most, so that its products with int8 are exact floats: what was read and is written again is the same, bit for bit. Immutable and safe for
/// concurrent use.
/// </remarks>
/// <param name="dimensions">How long a vector is.</param>
/// <param name="isQuantized">Whether it is int8.</param>
internal sealed class TokenFormat(int dimensions, bool isQuantized)
{
    /// <summary>The greatest number that a vector may hold: products and their sums stay finite floats.</summary>
    public const float Greatest = 1e15f;

    /// <summary>What the kernel compares at once: int8 are filled up with zeros to a multiple.</summary>
    public const int Step = 16;

    // Below it a vector is nothing: its scale would have too few bits.
    private const float LeastScale = 1e-30f;
    private const int ScaleBits = ~0x7F;

    public int Dimensions => dimensions;

    public bool IsQuantized => isQuantized;

    /// <summary>How many numbers a vector takes.</summary>
    public int Stride { get; } = isQuantized ? (dimensions + Step - 1) / Step * Step : dimensions;

    /// <summary>How many bytes the numbers of a vector take.</summary>
    public int VectorLength => isQuantized ? Stride : Stride * sizeof(float);

    /// <summary>How many bytes a vector takes, its scale included.</summary>
    public int Length => VectorLength + (isQuantized ? sizeof(float) : 0);

    /// <summary>Writes vectors.</summary>
    /// <param name="vectors">The vectors, <c>[vector, dimension]</c>, none of their numbers beyond <see cref="Greatest"/>.</param>
    /// <param name="written">Takes the numbers: zeros, as many as they take.</param>
    /// <param name="scales">Takes the scales, where there are any.</param>
    public void Write(ReadOnlySpan<float> vectors, Span<byte> written, Span<float> scales)
    {
        if (!isQuantized)
        {
            MemoryMarshal.AsBytes(vectors).CopyTo(written);
            return;
        }

        float[] buffer = ArrayPool<float>.Shared.Rent(dimensions);
        try
        {
            Quantize(vectors, MemoryMarshal.Cast<byte, sbyte>(written), scales, buffer.AsSpan(0, dimensions));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads vectors, <c>[vector, dimension]</c>.</summary>
    public void Read(TokenRow row, Span<float> vectors)
    {
        if (!isQuantized)
        {
            row.Floats.CopyTo(vectors);
            return;
        }

        for (int i = 0; i < row.Count; i++)
        {
            Span<float> vector = vectors.Slice(i * dimensions, dimensions);
            TensorPrimitives.ConvertTruncating(row.Codes.Slice(i * Stride, dimensions), vector);
            TensorPrimitives.Multiply(vector, row.Scales[i], vector);
        }
    }

    /// <summary>A copy of a row's vectors, <c>[vector, dimension]</c>.</summary>
    public float[] Read(TokenRow row)
    {
        float[] vectors = new float[row.Count * dimensions];
        Read(row, vectors);
        return vectors;
    }

    /// <summary>A row of vectors that were written.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="written">Their numbers.</param>
    /// <param name="scales">Their scales, where there are any.</param>
    public TokenRow RowOf(int count, ReadOnlySpan<byte> written, ReadOnlySpan<float> scales) => isQuantized
        ? new TokenRow(count, MemoryMarshal.Cast<byte, sbyte>(written), scales, default)
        : new TokenRow(count, default, default, MemoryMarshal.Cast<byte, float>(written));

    private void Quantize(ReadOnlySpan<float> vectors, Span<sbyte> codes, Span<float> scales, Span<float> scaled)
    {
        for (int i = 0; i < vectors.Length / dimensions; i++)
        {
            ReadOnlySpan<float> vector = vectors.Slice(i * dimensions, dimensions);
            if (ScaleOf(vector) is > 0 and var scale)
            {
                scales[i] = scale;
                TensorPrimitives.Divide(vector, scale, scaled);
                TensorPrimitives.Round(scaled, scaled);
                TensorPrimitives.ConvertTruncating(scaled, codes.Slice(i * Stride, dimensions));
            }
        }
    }

    // Cut off rather than rounded up, so that no product is beyond what was scaled.
    private static float ScaleOf(ReadOnlySpan<float> vector)
    {
        float scale = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / sbyte.MaxValue) & ScaleBits);
        return scale < LeastScale ? 0 : scale;
    }
}
