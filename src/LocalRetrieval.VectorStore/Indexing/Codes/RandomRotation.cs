using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        int half = 1;
        if (values.Length >= Vector128<float>.Count)
        {
            TransformFours(values);
            half = Vector128<float>.Count;
        }

        for (; half < values.Length; half *= 2)
        {
            for (int start = 0; start < values.Length; start += 2 * half)
            {
                Cross(values.Slice(start, half), values.Slice(start + half, half));
            }
        }
    }

    // The first two steps, within registers.
    private static void TransformFours(Span<float> values)
    {
        Vector128<float> everySecond = Vector128.Create(1f, -1, 1, -1);
        Vector128<float> upperHalf = Vector128.Create(1f, 1, -1, -1);
        ref float first = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < values.Length; i += Vector128<float>.Count)
        {
            Vector128<float> x = Vector128.LoadUnsafe(ref first, (nuint)i);
            x = Vector128.Shuffle(x, Vector128.Create(1, 0, 3, 2)) + (x * everySecond);
            x = Vector128.Shuffle(x, Vector128.Create(2, 3, 0, 1)) + (x * upperHalf);
            x.StoreUnsafe(ref first, (nuint)i);
        }
    }

    private static void Cross(Span<float> lower, Span<float> upper)
    {
        if (lower.Length >= Vector<float>.Count)
        {
            CrossVectors(lower, upper);
            return;
        }

        for (int i = 0; i < lower.Length; i++)
        {
            (lower[i], upper[i]) = (lower[i] + upper[i], lower[i] - upper[i]);
        }
    }

    private static void CrossVectors(Span<float> lower, Span<float> upper)
    {
        ref float x = ref MemoryMarshal.GetReference(lower);
        ref float y = ref MemoryMarshal.GetReference(upper);
        for (nuint i = 0; i < (nuint)lower.Length; i += (nuint)Vector<float>.Count)
        {
            Vector<float> a = Vector.LoadUnsafe(ref x, i);
            Vector<float> b = Vector.LoadUnsafe(ref y, i);
            (a + b).StoreUnsafe(ref x, i);
            (a - b).StoreUnsafe(ref y, i);
        }
    }
}
