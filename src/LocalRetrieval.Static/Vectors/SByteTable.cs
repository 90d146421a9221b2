using System.Buffers;
using System.Numerics;

namespace LocalRetrieval.Static.Vectors;

/// <summary>Rows in int8, widened when they are added. The format has no scale: the integers are the values.</summary>
internal sealed class SByteTable(sbyte[] values, int rows, int dimensions) : EmbeddingTable(rows, dimensions)
{
    // As many of the smallest int8, -128, as a short can hold.
    private const int RowsInShorts = 256;

    public override void Sum(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        sum.Clear();
        if (weights.IsEmpty)
        {
            SumAsIntegers(rows, sum);
            return;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            AddWeighted(Row(rows[i]), weights[i], sum);
        }
    }

    // Shorts hold twice as many lanes as floats, and need no conversion.
    private void SumAsIntegers(ReadOnlySpan<int> rows, Span<float> sum)
    {
        short[] buffer = ArrayPool<short>.Shared.Rent(Dimensions);
        try
        {
            Span<short> partial = buffer.AsSpan(0, Dimensions);
            for (; !rows.IsEmpty; rows = rows[Math.Min(RowsInShorts, rows.Length)..])
            {
                partial.Clear();
                foreach (int row in rows[..Math.Min(RowsInShorts, rows.Length)])
                {
                    Add(Row(row), partial);
                }

                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += partial[i];
                }
            }
        }
        finally
        {
            ArrayPool<short>.Shared.Return(buffer);
        }
    }

    private ReadOnlySpan<sbyte> Row(int row) => values.AsSpan(row * Dimensions, Dimensions);

    private static void Add(ReadOnlySpan<sbyte> row, Span<short> sum)
    {
        int i = 0;
        for (; i <= row.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(row[i..]), out Vector<short> lower, out Vector<short> upper);
            Span<short> first = sum.Slice(i, Vector<short>.Count);
            Span<short> second = sum.Slice(i + Vector<short>.Count, Vector<short>.Count);
            (new Vector<short>(first) + lower).CopyTo(first);
            (new Vector<short>(second) + upper).CopyTo(second);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i];
        }
    }

    private static void AddWeighted(ReadOnlySpan<sbyte> row, float weight, Span<float> sum)
    {
        int i = 0;
        for (; i <= row.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(row[i..]), out Vector<short> lower, out Vector<short> upper);
            AddWeighted(lower, weight, sum[i..]);
            AddWeighted(upper, weight, sum[(i + Vector<short>.Count)..]);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * weight;
        }
    }

    private static void AddWeighted(Vector<short> values, float weight, Span<float> sum)
    {
        Vector.Widen(values, out Vector<int> lower, out Vector<int> upper);
        Span<float> second = sum[Vector<float>.Count..];
        (new Vector<float>(sum) + (Vector.ConvertToSingle(lower) * weight)).CopyTo(sum);
        (new Vector<float>(second) + (Vector.ConvertToSingle(upper) * weight)).CopyTo(second);
    }
}
