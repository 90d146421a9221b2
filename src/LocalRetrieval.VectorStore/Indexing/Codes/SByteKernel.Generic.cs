using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>The kernel of one width of registers: four rows at once, so that a query's register once loaded is used several times.</summary>
internal sealed class SByteKernel<TLanes, TWide, TSums> : SByteKernel
    where TLanes : struct, ISByteLanes<TWide, TSums>
    where TWide : struct
    where TSums : struct
{
    public override void Sum(ReadOnlySpan<short> query, ref sbyte firstRow, int dimensions, Span<int> sums)
    {
        ref short first = ref MemoryMarshal.GetReference(query);
        int row = 0;
        for (; row + 4 <= sums.Length; row += 4)
        {
            ref sbyte own = ref Unsafe.Add(ref firstRow, (nint)row * dimensions);
            Four(ref first, ref own, ref Unsafe.Add(ref own, dimensions), ref Unsafe.Add(ref own, 2 * dimensions), ref Unsafe.Add(ref own, 3 * dimensions), query.Length, sums[row..]);
        }

        for (; row < sums.Length; row++)
        {
            sums[row] = One(ref first, ref Unsafe.Add(ref firstRow, (nint)row * dimensions), query.Length);
        }
    }

    public override void SumFour(ReadOnlySpan<short> query, ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, Span<int> sums) =>
        Four(ref MemoryMarshal.GetReference(query), ref row0, ref row1, ref row2, ref row3, query.Length, sums);

    // Compiled fully at once, as the kernels of whole vectors are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(ref short query, ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, int length, Span<int> sums)
    {
        TSums sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int i = 0; i < length; i += TLanes.Count)
        {
            ref short own = ref Unsafe.Add(ref query, i);
            sum0 = TLanes.Add(sum0, TLanes.Load(ref Unsafe.Add(ref row0, i)), ref own);
            sum1 = TLanes.Add(sum1, TLanes.Load(ref Unsafe.Add(ref row1, i)), ref own);
            sum2 = TLanes.Add(sum2, TLanes.Load(ref Unsafe.Add(ref row2, i)), ref own);
            sum3 = TLanes.Add(sum3, TLanes.Load(ref Unsafe.Add(ref row3, i)), ref own);
        }

        TLanes.Sum(sum0, sum1, sum2, sum3).CopyTo(sums);
    }

    private static int One(ref short query, ref sbyte row, int length)
    {
        TSums sum = default;
        for (int i = 0; i < length; i += TLanes.Count)
        {
            sum = TLanes.Add(sum, TLanes.Load(ref Unsafe.Add(ref row, i)), ref Unsafe.Add(ref query, i));
        }

        return TLanes.Sum(sum);
    }
}
