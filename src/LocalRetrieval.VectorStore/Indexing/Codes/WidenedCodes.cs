using System.Buffers;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Codes that are widened to floats and compared by the kernels of whole vectors: they halve or quarter the memory, and what is read of it.</summary>
internal abstract class WidenedCodes(VectorMeasure measure, int dimensions, int bytesPerRow, int numbersPerRow) : RowCodes(dimensions, bytesPerRow, numbersPerRow)
{
    // What is widened at once stays in the first cache.
    private readonly int _tile = Math.Max(4, 4096 / dimensions / 4 * 4);

    /// <summary>Whether vectors count as if they were of length 1.</summary>
    protected bool IsCosine => measure.IsCosine;

    public override RowQuery Prepare(ReadOnlySpan<float> query) => PrepareAll(query);

    public override RowQuery PrepareAll(ReadOnlySpan<float> queries)
    {
        float[] values = queries.ToArray();
        if (IsCosine)
        {
            VectorMeasure.Normalize(values, Dimensions, values);
        }

        return new WidenedQuery(values);
    }

    public override RowQuery PrepareRow(int row)
    {
        float[] values = new float[Dimensions];
        Widen(row, values);
        return Prepare(values);
    }

    public override void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness) => CompareAll(query, rows, nearness);

    public override void CompareAll(RowQuery queries, int firstRow, int count, Span<float> nearness)
    {
        WidenedQuery own = (WidenedQuery)queries;
        float[] widened = ArrayPool<float>.Shared.Rent(_tile * Dimensions);
        float[] sums = ArrayPool<float>.Shared.Rent(_tile * own.Values.Length / Dimensions);
        for (int start = 0; start < count; start += _tile)
        {
            int some = Math.Min(_tile, count - start);
            for (int i = 0; i < some; i++)
            {
                Widen(firstRow + start + i, widened.AsSpan(i * Dimensions, Dimensions));
            }

            CompareWidened(own, widened.AsSpan(0, some * Dimensions), sums, nearness, count, start);
        }

        ArrayPool<float>.Shared.Return(widened);
        ArrayPool<float>.Shared.Return(sums);
    }

    public override void CompareAll(RowQuery queries, ReadOnlySpan<int> rows, Span<float> nearness)
    {
        WidenedQuery own = (WidenedQuery)queries;
        float[] widened = ArrayPool<float>.Shared.Rent(_tile * Dimensions);
        float[] sums = ArrayPool<float>.Shared.Rent(_tile * own.Values.Length / Dimensions);
        for (int start = 0; start < rows.Length; start += _tile)
        {
            int some = Math.Min(_tile, rows.Length - start);
            for (int i = 0; i < some; i++)
            {
                PrefetchAhead(rows, start + i);
                Widen(rows[start + i], widened.AsSpan(i * Dimensions, Dimensions));
            }

            CompareWidened(own, widened.AsSpan(0, some * Dimensions), sums, nearness, rows.Length, start);
        }

        ArrayPool<float>.Shared.Return(widened);
        ArrayPool<float>.Shared.Return(sums);
    }

    protected override void CompareInBlock(RowQuery query, int firstRow, Span<float> nearness) => CompareAll(query, firstRow, nearness.Length, nearness);

    /// <summary>Widens a row; for the cosine to a length of about 1, or to zeros.</summary>
    protected abstract void Widen(int row, Span<float> vector);

    // Writes the nearness of some rows, [query, row], into that of all.
    private void CompareWidened(WidenedQuery queries, ReadOnlySpan<float> rows, Span<float> sums, Span<float> nearness, int rowCount, int start)
    {
        int some = rows.Length / Dimensions;
        measure.Kernel.Sum(queries.Values, rows, Dimensions, sums);
        for (int query = 0; query < queries.Values.Length / Dimensions; query++)
        {
            Span<float> own = nearness.Slice((query * rowCount) + start, some);
            for (int i = 0; i < some; i++)
            {
                float sum = sums[(query * some) + i];
                own[i] = float.IsFinite(sum) ? sum * measure.Sign : SumInDouble(queries.Values.AsSpan(query * Dimensions, Dimensions), rows.Slice(i * Dimensions, Dimensions));
            }
        }
    }

    private float SumInDouble(ReadOnlySpan<float> query, ReadOnlySpan<float> row) =>
        (float)Math.Clamp(measure.Sign * measure.Kernel.SumInDouble(query, row), float.MinValue, float.MaxValue);
}
