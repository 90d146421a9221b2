using System.Numerics;
using System.Numerics.Tensors;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A rotation that spreads each component over all, so that signs say about as much in each.</summary>
/// <remarks>
/// Random signs and a fast Hadamard transform, in turn over the first and over the last components, as many as the greatest power of two that there are: four times, which mixes all
/// of them (Gao et al., RaBitQ, 2024, whose library rotates so). It follows from the seed and the dimensions. Safe for concurrent use.
/// </remarks>
internal sealed class RandomRotation
{
    private const int Rounds = 4;

    private readonly int _window;
    private readonly float[][] _signs;

    public RandomRotation(int dimensions, int seed)
    {
        _window = 1 << BitOperations.Log2((uint)dimensions);
        Random random = new(seed);
        _signs = new float[Rounds][];
        for (int round = 0; round < Rounds; round++)
        {
            _signs[round] = new float[dimensions];
            for (int i = 0; i < dimensions; i++)
            {
                _signs[round][i] = random.Next(2) == 0 ? -1 : 1;
            }
        }
    }

    /// <summary>Rotates a vector in its place.</summary>
    public void Apply(Span<float> vector)
    {
        float scale = 1 / MathF.Sqrt(_window);
        for (int round = 0; round < Rounds; round++)
        {
            TensorPrimitives.Multiply(vector, _signs[round], vector);
            Span<float> window = round % 2 == 0 ? vector[.._window] : vector[^_window..];
            Transform(window);
            TensorPrimitives.Multiply(window, scale, window);
        }
    }

    private static void Transform(Span<float> values)
    {
        for (int half = 1; half < values.Length; half *= 2)
        {
            for (int start = 0; start < values.Length; start += 2 * half)
            {
                Cross(values.Slice(start, half), values.Slice(start + half, half));
            }
        }
    }

    private static void Cross(Span<float> lower, Span<float> upper)
    {
        int i = 0;
        for (; i <= lower.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> x = new(lower[i..]);
            Vector<float> y = new(upper[i..]);
            (x + y).CopyTo(lower[i..]);
            (x - y).CopyTo(upper[i..]);
        }

        for (; i < lower.Length; i++)
        {
            (lower[i], upper[i]) = (lower[i] + upper[i], lower[i] - upper[i]);
        }
    }
}
