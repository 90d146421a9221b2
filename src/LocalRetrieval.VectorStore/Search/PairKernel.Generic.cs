using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Search;

/// <summary>The kernel of one term: four queries with two rows at once, or one query with four, so that a value once loaded is used several times.</summary>
/// <remarks>Each pair has one accumulator in every shape, and its lanes are summed in one order: that makes shapes agree.</remarks>
internal sealed class PairKernel<TTerm> : PairKernel
    where TTerm : struct, IPairTerm
{
    // Four queries after another are compared with so many components of rows, which meanwhile stay in the first cache.
    private const int ComponentsInCache = 6144;

    public override void Sum(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int dimensions, Span<float> sums)
    {
        int queryCount = queries.Length / dimensions;
        int rowCount = rows.Length / dimensions;
        Debug.Assert(sums.Length >= queryCount * rowCount);
        int fours = queryCount / 4 * 4;
        int rowsInCache = Math.Max(2, ComponentsInCache / dimensions / 2 * 2);
        for (int row = 0; fours > 0 && row < rowCount; row += rowsInCache)
        {
            Fours(queries[..(fours * dimensions)], rows, row, Math.Min(row + rowsInCache, rowCount), dimensions, sums);
        }

        for (int query = fours; query < queryCount; query++)
        {
            One(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(queries), (nint)query * dimensions),
                ref MemoryMarshal.GetReference(rows),
                dimensions,
                sums.Slice(query * rowCount, rowCount));
        }
    }

    public override void Sum(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, ReadOnlySpan<int> list, int dimensions, Span<float> sums)
    {
        Span<float> four = stackalloc float[4];
        for (int start = 0; start < queries.Length; start += dimensions)
        {
            ref float query = ref Unsafe.Add(ref MemoryMarshal.GetReference(queries), start);
            Span<float> own = sums.Slice(start / dimensions * list.Length, list.Length);
            for (int i = 0; i < list.Length; i += 4)
            {
                OneByFour(ref query, ref MemoryMarshal.GetReference(rows), list, i, dimensions, four);
                four[..Math.Min(4, list.Length - i)].CopyTo(own[i..]);
            }
        }
    }

    public override void SumAt(ReadOnlySpan<float> query, ReadOnlySpan<nint> rows, Span<float> sums)
    {
        Span<float> four = stackalloc float[4];
        for (int i = 0; i < rows.Length; i += 4)
        {
            OneByFour(
                ref MemoryMarshal.GetReference(query),
                ref CacheLine.At(AddressAt(rows, i)),
                ref CacheLine.At(AddressAt(rows, i + 1)),
                ref CacheLine.At(AddressAt(rows, i + 2)),
                ref CacheLine.At(AddressAt(rows, i + 3)),
                AddressAt(rows, i + 4),
                AddressAt(rows, i + 5),
                AddressAt(rows, i + 6),
                AddressAt(rows, i + 7),
                query.Length,
                four);
            four[..Math.Min(4, rows.Length - i)].CopyTo(sums[i..]);
        }
    }

    public override double SumInDouble(ReadOnlySpan<float> query, ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int i = 0; i < query.Length; i++)
        {
            sum += TTerm.Of(query[i], row[i]);
        }

        return sum;
    }

    private static ref float RowOf(ref float firstRow, int row, int dimensions) => ref Unsafe.Add(ref firstRow, (nint)row * dimensions);

    private static void Fours(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int start, int end, int dimensions, Span<float> sums)
    {
        int rowCount = rows.Length / dimensions;
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        for (int query = 0; query < queries.Length / dimensions; query += 4)
        {
            ref float own = ref Unsafe.Add(ref MemoryMarshal.GetReference(queries), (nint)query * dimensions);
            Span<float> written = sums.Slice(query * rowCount, 4 * rowCount);
            int row = start;
            for (; row + 2 <= end; row += 2)
            {
                FourByTwo(ref own, ref RowOf(ref firstRow, row, dimensions), dimensions, written[row..], rowCount);
            }

            if (row < end)
            {
                FourByOne(ref own, ref RowOf(ref firstRow, row, dimensions), dimensions, written[row..], rowCount);
            }
        }
    }

    private static void One(ref float query, ref float firstRow, int dimensions, Span<float> sums)
    {
        // What lies behind the last rows is mostly what is compared next.
        nint ahead = (nint)4 * dimensions * sizeof(float);
        int row = 0;
        for (; row + 4 <= sums.Length; row += 4)
        {
            OneByFour(
                ref query,
                ref RowOf(ref firstRow, row, dimensions),
                ref RowOf(ref firstRow, row + 1, dimensions),
                ref RowOf(ref firstRow, row + 2, dimensions),
                ref RowOf(ref firstRow, row + 3, dimensions),
                CacheLine.AddressOf(ref RowOf(ref firstRow, row + 0, dimensions)) + ahead,
                CacheLine.AddressOf(ref RowOf(ref firstRow, row + 1, dimensions)) + ahead,
                CacheLine.AddressOf(ref RowOf(ref firstRow, row + 2, dimensions)) + ahead,
                CacheLine.AddressOf(ref RowOf(ref firstRow, row + 3, dimensions)) + ahead,
                dimensions,
                sums.Slice(row, 4));
        }

        for (; row < sums.Length; row++)
        {
            sums[row] = OneByOne(ref query, ref RowOf(ref firstRow, row, dimensions), dimensions);
        }
    }

    /// <summary>Compares a query with four rows of a list; where there are fewer, its last one fills the places that are left.</summary>
    private static void OneByFour(ref float query, ref float firstRow, ReadOnlySpan<int> list, int start, int dimensions, Span<float> sums)
    {
        OneByFour(
            ref query,
            ref RowAt(ref firstRow, list, start, dimensions),
            ref RowAt(ref firstRow, list, start + 1, dimensions),
            ref RowAt(ref firstRow, list, start + 2, dimensions),
            ref RowAt(ref firstRow, list, start + 3, dimensions),
            CacheLine.AddressOf(ref RowAt(ref firstRow, list, start + 4, dimensions)),
            CacheLine.AddressOf(ref RowAt(ref firstRow, list, start + 5, dimensions)),
            CacheLine.AddressOf(ref RowAt(ref firstRow, list, start + 6, dimensions)),
            CacheLine.AddressOf(ref RowAt(ref firstRow, list, start + 7, dimensions)),
            dimensions,
            sums);
    }

    private static ref float RowAt(ref float firstRow, ReadOnlySpan<int> list, int place, int dimensions) =>
        ref RowOf(ref firstRow, list[Math.Min(place, list.Length - 1)], dimensions);

    private static nint AddressAt(ReadOnlySpan<nint> rows, int place) => rows[Math.Min(place, rows.Length - 1)];

    // Compiled fully at once: the searches of a process's first moments would else take more than twice as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(ref float query, ref float row, int dimensions, Span<float> sums, int rowCount)
    {
        ref float query1 = ref Unsafe.Add(ref query, dimensions);
        ref float query2 = ref Unsafe.Add(ref query1, dimensions);
        ref float query3 = ref Unsafe.Add(ref query2, dimensions);
        ref float row1 = ref Unsafe.Add(ref row, dimensions);
        Vector<float> sum00 = default, sum10 = default, sum20 = default, sum30 = default;
        Vector<float> sum01 = default, sum11 = default, sum21 = default, sum31 = default;
        int i = 0;
        for (; i <= dimensions - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> x0 = Vector.LoadUnsafe(ref row, (nuint)i);
            Vector<float> x1 = Vector.LoadUnsafe(ref row1, (nuint)i);
            Vector<float> y = Vector.LoadUnsafe(ref query, (nuint)i);
            sum00 = TTerm.Add(sum00, y, x0);
            sum01 = TTerm.Add(sum01, y, x1);
            y = Vector.LoadUnsafe(ref query1, (nuint)i);
            sum10 = TTerm.Add(sum10, y, x0);
            sum11 = TTerm.Add(sum11, y, x1);
            y = Vector.LoadUnsafe(ref query2, (nuint)i);
            sum20 = TTerm.Add(sum20, y, x0);
            sum21 = TTerm.Add(sum21, y, x1);
            y = Vector.LoadUnsafe(ref query3, (nuint)i);
            sum30 = TTerm.Add(sum30, y, x0);
            sum31 = TTerm.Add(sum31, y, x1);
        }

        sums[0] = Finish(sum00, ref query, ref row, i, dimensions);
        sums[1] = Finish(sum01, ref query, ref row1, i, dimensions);
        sums[rowCount] = Finish(sum10, ref query1, ref row, i, dimensions);
        sums[rowCount + 1] = Finish(sum11, ref query1, ref row1, i, dimensions);
        sums[2 * rowCount] = Finish(sum20, ref query2, ref row, i, dimensions);
        sums[(2 * rowCount) + 1] = Finish(sum21, ref query2, ref row1, i, dimensions);
        sums[3 * rowCount] = Finish(sum30, ref query3, ref row, i, dimensions);
        sums[(3 * rowCount) + 1] = Finish(sum31, ref query3, ref row1, i, dimensions);
    }

    private static void FourByOne(ref float query, ref float row, int dimensions, Span<float> sums, int rowCount)
    {
        // Multiplied the other way around, the queries are the rows.
        Span<float> four = stackalloc float[4];
        ref float query1 = ref Unsafe.Add(ref query, dimensions);
        ref float query2 = ref Unsafe.Add(ref query1, dimensions);
        ref float query3 = ref Unsafe.Add(ref query2, dimensions);
        nint next = CacheLine.AddressOf(ref row);
        OneByFour(ref row, ref query, ref query1, ref query2, ref query3, next, next, next, next, dimensions, four);
        for (int i = 0; i < four.Length; i++)
        {
            sums[i * rowCount] = four[i];
        }
    }

    /// <summary>Compares a query with four rows, while the four that are to be compared next are on their way from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByFour(
        ref float query,
        ref float row0,
        ref float row1,
        ref float row2,
        ref float row3,
        nint next0,
        nint next1,
        nint next2,
        nint next3,
        int dimensions,
        Span<float> sums)
    {
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i <= dimensions - Vector<float>.Count; i += Vector<float>.Count)
        {
            CacheLine.Prefetch(next0 + (i * sizeof(float)));
            CacheLine.Prefetch(next1 + (i * sizeof(float)));
            CacheLine.Prefetch(next2 + (i * sizeof(float)));
            CacheLine.Prefetch(next3 + (i * sizeof(float)));
            Vector<float> y = Vector.LoadUnsafe(ref query, (nuint)i);
            sum0 = TTerm.Add(sum0, y, Vector.LoadUnsafe(ref row0, (nuint)i));
            sum1 = TTerm.Add(sum1, y, Vector.LoadUnsafe(ref row1, (nuint)i));
            sum2 = TTerm.Add(sum2, y, Vector.LoadUnsafe(ref row2, (nuint)i));
            sum3 = TTerm.Add(sum3, y, Vector.LoadUnsafe(ref row3, (nuint)i));
        }

        sums[0] = Finish(sum0, ref query, ref row0, i, dimensions);
        sums[1] = Finish(sum1, ref query, ref row1, i, dimensions);
        sums[2] = Finish(sum2, ref query, ref row2, i, dimensions);
        sums[3] = Finish(sum3, ref query, ref row3, i, dimensions);
    }

    private static float OneByOne(ref float query, ref float row, int dimensions)
    {
        Vector<float> sum = default;
        int i = 0;
        for (; i <= dimensions - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum = TTerm.Add(sum, Vector.LoadUnsafe(ref query, (nuint)i), Vector.LoadUnsafe(ref row, (nuint)i));
        }

        return Finish(sum, ref query, ref row, i, dimensions);
    }

    private static float Finish(Vector<float> lanes, ref float query, ref float row, int start, int dimensions)
    {
        float sum = Vector.Sum(lanes);
        for (int i = start; i < dimensions; i++)
        {
            sum = TTerm.Add(sum, Unsafe.Add(ref query, i), Unsafe.Add(ref row, i));
        }

        return sum;
    }
}
