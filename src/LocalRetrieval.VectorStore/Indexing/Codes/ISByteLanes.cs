using System.Runtime.Intrinsics;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>How a processor multiplies a register of a query's integers with a row's, and adds up neighbours.</summary>
/// <typeparam name="TWide">Integers of a row, widened to 16 bits.</typeparam>
/// <typeparam name="TSums">Sums of products, of 32 bits each.</typeparam>
internal interface ISByteLanes<TWide, TSums>
{
    /// <summary>How many integers a register holds: a divisor of <see cref="SByteKernel.Step"/>.</summary>
    static abstract int Count { get; }

    static abstract TWide Load(ref sbyte row);

    static abstract TSums Add(TSums sums, TWide row, ref short query);

    static abstract int Sum(TSums sums);

    /// <summary>The sums of four.</summary>
    static abstract Vector128<int> Sum(TSums sums0, TSums sums1, TSums sums2, TSums sums3);
}
