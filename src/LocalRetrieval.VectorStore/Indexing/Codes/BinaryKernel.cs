using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Multiplies rows of signs with a query's four bits a component, word by word, on any processor. The sums are exact, and so the same on every one.</summary>
/// <remarks>Bits b0 to b3 of a component stand for 2b0 − 1 + 2(2b1 − 1) + 4(2b2 − 1) + 8(2b3 − 1), an odd number from −15 to 15. So each bit is a sign of its own, and unequal signs are counted.</remarks>
internal class BinaryKernel
{
    /// <summary>How many bits a component of a query has.</summary>
    public const int Bits = 4;

    /// <summary>The greatest number that these stand for.</summary>
    public const int Greatest = (1 << Bits) - 1;

    /// <summary>The widest that this processor has.</summary>
    public static BinaryKernel Best { get; } = All()[0];

    /// <summary>All that this processor has, the widest first.</summary>
    public static BinaryKernel[] All() =>
    [
        .. Avx512BW.IsSupported ? [new BinaryKernel<BinaryLanes.Wide512>()] : Array.Empty<BinaryKernel>(),
        .. Avx2.IsSupported ? [new BinaryKernel<BinaryLanes.Wide256>()] : Array.Empty<BinaryKernel>(),
        new BinaryKernel(),
    ];

    /// <summary>Compares a query with one row.</summary>
    /// <param name="planes">The query, <c>[word, bit]</c>.</param>
    /// <param name="row">The row's first word.</param>
    /// <param name="dimensions">How many components count; what is left of the last word is zero in both.</param>
    public static int SumOne(ReadOnlySpan<ulong> planes, ref ulong row, int dimensions)
    {
        int differences0 = 0, differences1 = 0, differences2 = 0, differences3 = 0;
        for (int i = 0; i < planes.Length; i += Bits)
        {
            ulong signs = Unsafe.Add(ref row, i / Bits);
            differences0 += BitOperations.PopCount(signs ^ planes[i]);
            differences1 += BitOperations.PopCount(signs ^ planes[i + 1]);
            differences2 += BitOperations.PopCount(signs ^ planes[i + 2]);
            differences3 += BitOperations.PopCount(signs ^ planes[i + 3]);
        }

        return (Greatest * dimensions) - (2 * (differences0 + (2 * differences1) + (4 * differences2) + (8 * differences3)));
    }

    /// <summary>A query in the form that <see cref="Sum"/> reads beside its planes.</summary>
    public virtual ulong[] ToRegisters(ReadOnlySpan<ulong> planes) => [];

    /// <summary>Compares a query with neighbouring rows.</summary>
    /// <param name="planes">The query, <c>[word, bit]</c>.</param>
    /// <param name="registers">What <see cref="ToRegisters"/> made of it.</param>
    /// <param name="firstRow">The first row's first word.</param>
    /// <param name="dimensions">How many components count; what is left of the last word is zero in both.</param>
    /// <param name="sums">Takes a sum a row.</param>
    public virtual void Sum(ReadOnlySpan<ulong> planes, ReadOnlySpan<ulong> registers, ref ulong firstRow, int dimensions, Span<int> sums)
    {
        int words = planes.Length / Bits;
        for (int row = 0; row < sums.Length; row++)
        {
            sums[row] = SumOne(planes, ref Unsafe.Add(ref firstRow, (nint)row * words), dimensions);
        }
    }
}
