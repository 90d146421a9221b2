using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Multiplies rows of signs with a query's four bits a component.</summary>
/// <remarks>Bits b0 to b3 of a component stand for 2b0 − 1 + 2(2b1 − 1) + 4(2b2 − 1) + 8(2b3 − 1), an odd number from −15 to 15. So each bit is a sign of its own, and equal signs are counted.</remarks>
internal static class BinaryKernel
{
    /// <summary>How many bits a component of a query has.</summary>
    public const int Bits = 4;

    /// <summary>The greatest number that these stand for.</summary>
    public const int Greatest = (1 << Bits) - 1;

    /// <summary>Compares a query with neighbouring rows.</summary>
    /// <param name="planes">The query, <c>[word, bit]</c>.</param>
    /// <param name="firstRow">The first row's first word.</param>
    /// <param name="dimensions">How many components count; what is left of the last word is zero in both.</param>
    /// <param name="sums">Takes a sum a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(ReadOnlySpan<ulong> planes, ref ulong firstRow, int dimensions, Span<int> sums)
    {
        int words = planes.Length / Bits;
        for (int row = 0; row < sums.Length; row++)
        {
            sums[row] = Sum(ref MemoryMarshal.GetReference(planes), ref Unsafe.Add(ref firstRow, (nint)row * words), words, dimensions);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sum(ref ulong planes, ref ulong row, int words, int dimensions)
    {
        int differences0 = 0, differences1 = 0, differences2 = 0, differences3 = 0;
        for (int word = 0; word < words; word++)
        {
            ulong signs = Unsafe.Add(ref row, word);
            ref ulong own = ref Unsafe.Add(ref planes, word * Bits);
            differences0 += BitOperations.PopCount(signs ^ own);
            differences1 += BitOperations.PopCount(signs ^ Unsafe.Add(ref own, 1));
            differences2 += BitOperations.PopCount(signs ^ Unsafe.Add(ref own, 2));
            differences3 += BitOperations.PopCount(signs ^ Unsafe.Add(ref own, 3));
        }

        return (Greatest * dimensions) - (2 * (differences0 + (2 * differences1) + (4 * differences2) + (8 * differences3)));
    }
}
