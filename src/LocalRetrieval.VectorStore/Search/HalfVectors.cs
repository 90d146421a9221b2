using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Finite Halfs to floats and back.</summary>
internal static class HalfVectors
{
    // Two to the power of 112: a Half's exponent is biased by 15, a float's by 127.
    private const float Rebias = 5192296858534827628530496329220096f;

    /// <summary>Widens finite values exactly; several times faster than a conversion that also keeps NaN and infinity.</summary>
    public static void Widen(ReadOnlySpan<Half> source, Span<float> target)
    {
        ref ushort from = ref Unsafe.As<Half, ushort>(ref MemoryMarshal.GetReference(source));
        ref float to = ref MemoryMarshal.GetReference(target[..source.Length]);
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out Vector<uint> lower, out Vector<uint> upper);
            Widen(lower).StoreUnsafe(ref to, (nuint)i);
            Widen(upper).StoreUnsafe(ref to, (nuint)(i + Vector<float>.Count));
        }

        for (; i < source.Length; i++)
        {
            target[i] = (float)source[i];
        }
    }

    /// <summary>Rounds to the nearest Half.</summary>
    /// <returns>The index of the first value that is not finite as a Half, or -1.</returns>
    public static int Narrow(ReadOnlySpan<float> source, Span<Half> target)
    {
        TensorPrimitives.ConvertToHalf(source, target);
        for (int i = 0; i < source.Length; i++)
        {
            if (!Half.IsFinite(target[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static Vector<float> Widen(Vector<uint> bits)
    {
        Vector<float> magnitude = Vector.AsVectorSingle((bits & new Vector<uint>(0x7FFF)) << 13) * new Vector<float>(Rebias);
        return Vector.AsVectorSingle(Vector.AsVectorUInt32(magnitude) | ((bits & new Vector<uint>(0x8000)) << 16));
    }
}
