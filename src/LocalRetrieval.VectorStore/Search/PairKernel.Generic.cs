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
    public override void Sum(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int dimensions, Span<float> sums)
    {
        int queryCount = queries.Length / dimensions;
        int rowCount = rows.Length / dimensions;
        Debug.Assert(sums.Length >= queryCount * rowCount);
        ref float firstQuery = ref MemoryMarshal.GetReference(queries);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        int query = 0;
        for (; query + 4 <= queryCount; query += 4)
        {
            ref float own = ref Unsafe.Add(ref firstQuery, (nint)query * dimensions);
            Span<float> written = sums.Slice(query * rowCount, 4 * rowCount);
            int row = 0;
            for (; row + 2 <= rowCount; row += 2)
            {
                FourByTwo(ref own, ref Unsafe.Add(ref firstRow, (nint)row * dimensions), dimensions, written[row..], rowCount);
            }

            if (row < rowCount)
            {
                FourByOne(ref own, ref Unsafe.Add(ref firstRow, (nint)row * dimensions), dimensions, written[row..], rowCount);
            }
        }

        for (; query < queryCount; query++)
        {
            One(ref Unsafe.Add(ref firstQuery, (nint)query * dimensions), ref firstRow, dimensions, sums.Slice(query * rowCount, rowCount));
        }
    }

    public override void Sum(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, ReadOnlySpan<int> list, int dimensions, Span<float> sums)
    {
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        for (int start = 0; start < queries.Length; start += dimensions)
        {
            ref float query = ref Unsafe.Add(ref MemoryMarshal.GetReference(queries), start);
            Span<float> own = sums.Slice(start / dimensions * list.Length, list.Length);
            int i = 0;
            for (; i + 4 <= list.Length; i += 4)
            {
                OneByFour(
                    ref query,
                    ref Unsafe.Add(ref firstRow, (nint)list[i] * dimensions),
                    ref Unsafe.Add(ref firstRow, (nint)list[i + 1] * dimensions),
                    ref Unsafe.Add(ref firstRow, (nint)list[i + 2] * dimensions),
                    ref Unsafe.Add(ref firstRow, (nint)list[i + 3] * dimensions),
                    dimensions,
                    own.Slice(i, 4));
            }

            for (; i < list.Length; i++)
            {
                own[i] = OneByOne(ref query, ref Unsafe.Add(ref firstRow, (nint)list[i] * dimensions), dimensions);
            }
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

    private static void One(ref float query, ref float firstRow, int dimensions, Span<float> sums)
    {
        int row = 0;
        for (; row + 4 <= sums.Length; row += 4)
        {
            ref float row0 = ref Unsafe.Add(ref firstRow, (nint)row * dimensions);
            ref float row1 = ref Unsafe.Add(ref row0, dimensions);
            ref float row2 = ref Unsafe.Add(ref row1, dimensions);
            OneByFour(ref query, ref row0, ref row1, ref row2, ref Unsafe.Add(ref row2, dimensions), dimensions, sums.Slice(row, 4));
        }

        for (; row < sums.Length; row++)
        {
            sums[row] = OneByOne(ref query, ref Unsafe.Add(ref firstRow, (nint)row * dimensions), dimensions);
        }
    }

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
        OneByFour(ref row, ref query, ref query1, ref query2, ref Unsafe.Add(ref query2, dimensions), dimensions, four);
        for (int i = 0; i < four.Length; i++)
        {
            sums[i * rowCount] = four[i];
        }
    }

    private static void OneByFour(
        ref float query, ref float row0, ref float row1, ref float row2, ref float row3, int dimensions, Span<float> sums)
    {
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i <= dimensions - Vector<float>.Count; i += Vector<float>.Count)
        {
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
