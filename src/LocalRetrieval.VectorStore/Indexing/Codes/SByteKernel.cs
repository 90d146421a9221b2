using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Sums the products of a query's integers with those of rows. The sums are exact, and so the same on every processor.</summary>
internal abstract class SByteKernel
{
    /// <summary>Queries have zeros up to a multiple of this, and rows are read up to there.</summary>
    public const int Step = 32;

    /// <summary>The widest that this processor has.</summary>
    public static SByteKernel Best { get; } = All()[0];

    /// <summary>All that this processor has, the widest first.</summary>
    public static SByteKernel[] All() =>
    [
        .. Avx512BW.IsSupported ? [new SByteKernel<SByteLanes.Wide512, Vector512<short>, Vector512<int>>()] : Array.Empty<SByteKernel>(),
        .. Avx2.IsSupported ? [new SByteKernel<SByteLanes.Wide256, Vector256<short>, Vector256<int>>()] : Array.Empty<SByteKernel>(),
        .. SByteLanes.Wide128.IsSupported ? [new SByteKernel<SByteLanes.Wide128, Vector128<short>, Vector128<int>>()] : Array.Empty<SByteKernel>(),
        new SByteKernel<SByteLanes.Portable, Vector128<short>, Vector128<int>>(),
    ];

    /// <summary>Compares a query with neighbouring rows.</summary>
    /// <param name="query">The query's integers.</param>
    /// <param name="firstRow">The first row's first one.</param>
    /// <param name="dimensions">How many integers a row has.</param>
    /// <param name="sums">Takes a sum a row.</param>
    public abstract void Sum(ReadOnlySpan<short> query, ref sbyte firstRow, int dimensions, Span<int> sums);

    /// <summary>Compares a query with four rows, which may be the same.</summary>
    /// <param name="query">The query's integers.</param>
    /// <param name="row0">The first row's first one.</param>
    /// <param name="row1">The second row's.</param>
    /// <param name="row2">The third row's.</param>
    /// <param name="row3">The fourth row's.</param>
    /// <param name="sums">Takes four sums.</param>
    public abstract void SumFour(ReadOnlySpan<short> query, ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, Span<int> sums);
}
