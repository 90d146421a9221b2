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

    public override RowQuery Prepare(ReadOnlySpan<float> query)
    {
        float[] values = query.ToArray();
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

    public override void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness)
    {
        using TileOfFloats widened = new(_tile * Dimensions);
        for (int start = 0; start < rows.Length; start += _tile)
        {
            ReadOnlySpan<int> list = rows[start..Math.Min(rows.Length, start + _tile)];
            for (int i = 0; i < list.Length; i++)
            {
                Widen(list[i], widened.Span.Slice(i * Dimensions, Dimensions));
            }

            CompareWidened((WidenedQuery)query, widened.Span[..(list.Length * Dimensions)], nearness.Slice(start, list.Length));
        }
    }

    protected override void CompareInBlock(RowQuery query, int firstRow, Span<float> nearness)
    {
        using TileOfFloats widened = new(_tile * Dimensions);
        for (int start = 0; start < nearness.Length; start += _tile)
        {
            int count = Math.Min(_tile, nearness.Length - start);
            for (int i = 0; i < count; i++)
            {
                Widen(firstRow + start + i, widened.Span.Slice(i * Dimensions, Dimensions));
            }

            CompareWidened((WidenedQuery)query, widened.Span[..(count * Dimensions)], nearness.Slice(start, count));
        }
    }

    /// <summary>Widens a row; for the cosine to a length of about 1, or to zeros.</summary>
    protected abstract void Widen(int row, Span<float> vector);

    private void CompareWidened(WidenedQuery query, ReadOnlySpan<float> rows, Span<float> nearness)
    {
        measure.Kernel.Sum(query.Values, rows, Dimensions, nearness);
        for (int i = 0; i < nearness.Length; i++)
        {
            double exact = float.IsFinite(nearness[i])
                ? nearness[i] * measure.Sign
                : measure.Sign * measure.Kernel.SumInDouble(query.Values, rows.Slice(i * Dimensions, Dimensions));
            nearness[i] = (float)Math.Clamp(exact, float.MinValue, float.MaxValue);
        }
    }

    private readonly struct TileOfFloats(int length) : IDisposable
    {
        private readonly float[] _array = ArrayPool<float>.Shared.Rent(length);

        public Span<float> Span => _array;

        public void Dispose() => ArrayPool<float>.Shared.Return(_array);
    }
}
