using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>Finds, for each of a query's vectors, the largest product with one of a row's int8 vectors: four of these at once, so that a value once loaded is used several times.</summary>
/// <remarks>Sums are of integers, and so exact. A product is its sum as a float, times the scale of the row's vector.</remarks>
internal static class MaxSimKernel
{
    /// <param name="queries">The query's vectors as int16, <c>[vector, stride]</c>; none whose sums of products are no int32.</param>
    /// <param name="codes">The row's vectors, <c>[vector, stride]</c>, at least one; the stride is a multiple of <see cref="TokenFormat.Step"/>.</param>
    /// <param name="scales">Their scales.</param>
    /// <param name="stride">How many numbers a vector takes.</param>
    /// <param name="largest">Where, for each of the query's vectors, the largest product is written in one of four lanes.</param>
    public static void FindLargest(ReadOnlySpan<short> queries, ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> scales, int stride, Span<Vector128<float>> largest)
    {
        if (Avx2.IsSupported)
        {
            FindLargestByAvx2(queries, codes, scales, stride, largest);
        }
        else
        {
            FindLargestAnywhere(queries, codes, scales, stride, largest);
        }
    }

    /// <summary>The same, by instructions that every processor has.</summary>
    public static void FindLargestAnywhere(ReadOnlySpan<short> queries, ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> scales, int stride, Span<Vector128<float>> largest)
    {
        largest.Fill(Vector128.Create(float.NegativeInfinity));
        ref short query = ref MemoryMarshal.GetReference(queries);
        for (int row = 0; row < scales.Length; row += 4)
        {
            Vector128<float> four = ScalesOf(scales, row);
            for (int i = 0; i < largest.Length; i++)
            {
                ref short own = ref Unsafe.Add(ref query, (nint)i * stride);
                Vector128<int> sums = Vector128.Create(
                    Sum(ref own, ref VectorAt(codes, scales, row, stride), stride),
                    Sum(ref own, ref VectorAt(codes, scales, row + 1, stride), stride),
                    Sum(ref own, ref VectorAt(codes, scales, row + 2, stride), stride),
                    Sum(ref own, ref VectorAt(codes, scales, row + 3, stride), stride));
                largest[i] = Vector128.Max(largest[i], Vector128.ConvertToSingle(sums) * four);
            }
        }
    }

    // Compiled fully at once: the searches of a process's first moments would else take more than twice as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindLargestByAvx2(ReadOnlySpan<short> queries, ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> scales, int stride, Span<Vector128<float>> largest)
    {
        largest.Fill(Vector128.Create(float.NegativeInfinity));
        ref short query = ref MemoryMarshal.GetReference(queries);
        for (int row = 0; row < scales.Length; row += 4)
        {
            ref sbyte row0 = ref VectorAt(codes, scales, row, stride);
            ref sbyte row1 = ref VectorAt(codes, scales, row + 1, stride);
            ref sbyte row2 = ref VectorAt(codes, scales, row + 2, stride);
            ref sbyte row3 = ref VectorAt(codes, scales, row + 3, stride);
            Vector128<float> four = ScalesOf(scales, row);
            for (int i = 0; i < largest.Length; i += 2)
            {
                // Without a second one the first takes its place, and is written twice.
                int next = Math.Min(i + 1, largest.Length - 1);
                ref short query0 = ref Unsafe.Add(ref query, (nint)i * stride);
                ref short query1 = ref Unsafe.Add(ref query, (nint)next * stride);
                Vector256<int> sum00 = default, sum01 = default, sum02 = default, sum03 = default;
                Vector256<int> sum10 = default, sum11 = default, sum12 = default, sum13 = default;
                for (int j = 0; j < stride; j += TokenFormat.Step)
                {
                    Vector256<short> y0 = Vector256.LoadUnsafe(ref query0, (nuint)j);
                    Vector256<short> y1 = Vector256.LoadUnsafe(ref query1, (nuint)j);
                    Vector256<short> x = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row0, (nuint)j));
                    sum00 += Avx2.MultiplyAddAdjacent(x, y0);
                    sum10 += Avx2.MultiplyAddAdjacent(x, y1);
                    x = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row1, (nuint)j));
                    sum01 += Avx2.MultiplyAddAdjacent(x, y0);
                    sum11 += Avx2.MultiplyAddAdjacent(x, y1);
                    x = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row2, (nuint)j));
                    sum02 += Avx2.MultiplyAddAdjacent(x, y0);
                    sum12 += Avx2.MultiplyAddAdjacent(x, y1);
                    x = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row3, (nuint)j));
                    sum03 += Avx2.MultiplyAddAdjacent(x, y0);
                    sum13 += Avx2.MultiplyAddAdjacent(x, y1);
                }

                largest[i] = Vector128.Max(largest[i], Vector128.ConvertToSingle(Sums(sum00, sum01, sum02, sum03)) * four);
                largest[next] = Vector128.Max(largest[next], Vector128.ConvertToSingle(Sums(sum10, sum11, sum12, sum13)) * four);
            }
        }
    }

    /// <summary>The sums of the lanes of four vectors.</summary>
    private static Vector128<int> Sums(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        Vector256<int> halves = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
        return halves.GetLower() + halves.GetUpper();
    }

    private static int Sum(ref short query, ref sbyte row, int stride)
    {
        Vector128<int> sum = default;
        for (int j = 0; j < stride; j += TokenFormat.Step)
        {
            (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref row, (nuint)j));
            sum += Products(lower, Vector128.LoadUnsafe(ref query, (nuint)j)) + Products(upper, Vector128.LoadUnsafe(ref query, (nuint)j + 8));
        }

        return Vector128.Sum(sum);
    }

    private static Vector128<int> Products(Vector128<short> x, Vector128<short> y)
    {
        (Vector128<int> lowerX, Vector128<int> upperX) = Vector128.Widen(x);
        (Vector128<int> lowerY, Vector128<int> upperY) = Vector128.Widen(y);
        return (lowerX * lowerY) + (upperX * upperY);
    }

    // Behind the last vector it stands again: what is largest does not change.
    private static ref sbyte VectorAt(ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> scales, int row, int stride) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), (nint)Math.Min(row, scales.Length - 1) * stride);

    private static Vector128<float> ScalesOf(ReadOnlySpan<float> scales, int row)
    {
        int last = scales.Length - 1;
        return Vector128.Create(scales[row], scales[Math.Min(row + 1, last)], scales[Math.Min(row + 2, last)], scales[Math.Min(row + 3, last)]);
    }
}
