using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Codes whose comparison is a sum of integers, which estimates the dot product once it is scaled; the cosine and the Euclidean distance follow from it.</summary>
/// <remarks>A row's numbers are its factor and, for the Euclidean distance, its length.</remarks>
internal abstract class ProductCodes(VectorMeasure measure, int dimensions, int bytesPerRow)
    : RowCodes(dimensions, bytesPerRow, measure.Kernel == PairKernel.Product ? 1 : 2)
{
    private const int Tile = 64;

    private readonly bool _isDistance = measure.Kernel != PairKernel.Product;

    /// <summary>Whether vectors count as if they were of length 1.</summary>
    protected bool IsCosine => measure.IsCosine;

    public sealed override void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness)
    {
        ProductQuery own = (ProductQuery)query;
        Span<int> sums = stackalloc int[Tile];
        Span<float> numbers = stackalloc float[2 * Tile];
        for (int start = 0; start < rows.Length; start += Tile)
        {
            ReadOnlySpan<int> list = rows[start..Math.Min(rows.Length, start + Tile)];
            Sum(own, list, sums[..list.Length]);
            for (int i = 0; i < list.Length; i++)
            {
                Blocks.NumbersFrom(list[i])[..Blocks.NumbersPerRow].CopyTo(numbers[(i * Blocks.NumbersPerRow)..]);
            }

            ToNearness(own, sums[..list.Length], numbers, nearness.Slice(start, list.Length));
        }
    }

    protected sealed override void CompareInBlock(RowQuery query, int firstRow, Span<float> nearness)
    {
        ProductQuery own = (ProductQuery)query;
        Span<int> sums = stackalloc int[Tile];
        for (int start = 0; start < nearness.Length; start += Tile)
        {
            int count = Math.Min(nearness.Length - start, Tile);
            Sum(own, firstRow + start, sums[..count]);
            ToNearness(own, sums[..count], Blocks.NumbersFrom(firstRow + start), nearness.Slice(start, count));
        }
    }

    /// <summary>Sums the integers of neighbouring rows of one block.</summary>
    protected abstract void Sum(ProductQuery query, int firstRow, Span<int> sums);

    /// <summary>Sums the integers of the rows of a list.</summary>
    protected abstract void Sum(ProductQuery query, ReadOnlySpan<int> rows, Span<int> sums);

    /// <summary>Notes a row's numbers.</summary>
    /// <param name="numbers">Where they are written.</param>
    /// <param name="factor">What the sum is multiplied with for the dot product with a row of length 1.</param>
    /// <param name="length">The row's length; 0 for zeros.</param>
    protected void SetNumbers(Span<float> numbers, double factor, double length)
    {
        numbers[0] = Saturate(measure.IsCosine ? factor : factor * length);
        if (_isDistance)
        {
            numbers[1] = Saturate(length);
        }
    }

    /// <summary>A number as a finite float.</summary>
    protected static float Saturate(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);

    private void ToNearness(ProductQuery query, ReadOnlySpan<int> sums, ReadOnlySpan<float> numbers, Span<float> nearness)
    {
        if (_isDistance)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                nearness[i] = NearnessByDistance(query, sums[i], numbers[2 * i], numbers[(2 * i) + 1]);
            }

            return;
        }

        Scale((float)query.Scale, sums, numbers, nearness);
        if (!TensorPrimitives.IsFiniteAll<float>(nearness))
        {
            for (int i = 0; i < sums.Length; i++)
            {
                nearness[i] = Saturate(query.Scale * sums[i] * numbers[i]);
            }
        }
    }

    private static void Scale(float scale, ReadOnlySpan<int> sums, ReadOnlySpan<float> factors, Span<float> nearness)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<float> scaled = Vector.ConvertToSingle(Vector.LoadUnsafe(in MemoryMarshal.GetReference(sums), (nuint)i)) * scale;
            (scaled * Vector.LoadUnsafe(in MemoryMarshal.GetReference(factors), (nuint)i)).StoreUnsafe(ref MemoryMarshal.GetReference(nearness), (nuint)i);
        }

        for (; i < sums.Length; i++)
        {
            nearness[i] = sums[i] * scale * factors[i];
        }
    }

    // In double precision, in which the squares of all floats are finite and most of what cancels out is left.
    private static float NearnessByDistance(ProductQuery query, int sum, float factor, float length)
    {
        double squares = (query.Length * query.Length) + ((double)length * length);
        return Saturate(Math.Min(0, (2 * query.Scale * sum * factor) - squares));
    }
}
