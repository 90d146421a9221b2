using System.Buffers;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>The whole vectors of a column where they are: in memory, or in a snapshot's file.</summary>
/// <remarks>A row's nearness to a query is that of <see cref="ExactSearch"/>, bit for bit, rounded to a float where its sum is not finite.</remarks>
internal sealed unsafe class WholeVectors(VectorMeasure measure, int dimensions) : IRowVectors
{
    private const int RowsAtOnce = 32;

    // Four rows of Half are widened to the stack where they are short enough.
    private const int ComponentsOnStack = 8192;

    private volatile RowAddresses _rows = new([], dimensions);

    /// <summary>Takes over where rows lie.</summary>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="rows">How many rows are compared from now on.</param>
    public void Take(VectorBlocks vectors, int rows) => _rows = new RowAddresses(vectors.Read(rows), dimensions);

    public RowQuery Prepare(ReadOnlySpan<float> query)
    {
        float[] values = query.ToArray();
        if (measure.IsCosine)
        {
            VectorMeasure.Normalize(values, dimensions, values);
        }

        return new WholeVectorQuery(values, 1);
    }

    public RowQuery PrepareRow(int row)
    {
        RowAddresses rows = _rows;
        nint vector = rows.Find(row, out nint scale);
        float factor = measure.IsCosine && scale != 0 ? *(float*)scale : 1;
        return rows.IsHalf
            ? new WholeVectorQuery(Widen(vector), factor)
            : new WholeVectorQuery(rows, vector, dimensions, factor);
    }

    public bool AreEqual(int row, int other)
    {
        RowAddresses rows = _rows;
        int size = dimensions * (rows.IsHalf ? sizeof(Half) : sizeof(float));
        return new ReadOnlySpan<byte>((void*)rows.Find(row, out _), size).SequenceEqual(new ReadOnlySpan<byte>((void*)rows.Find(other, out _), size));
    }

    public void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness)
    {
        RowAddresses addresses = _rows;
        Span<nint> vectors = stackalloc nint[RowsAtOnce];
        Span<nint> scales = stackalloc nint[RowsAtOnce];
        for (int start = 0; start < rows.Length; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows.Length - start);
            for (int i = 0; i < count; i++)
            {
                vectors[i] = addresses.Find(rows[start + i], out scales[i]);
                CacheLine.Prefetch(scales[i]);
            }

            Compare((WholeVectorQuery)query, vectors[..count], scales[..count], addresses.IsHalf, nearness.Slice(start, count));
        }

        GC.KeepAlive(addresses);
    }

    public void Compare(RowQuery query, int firstRow, Span<float> nearness)
    {
        Span<int> rows = stackalloc int[RowsAtOnce];
        for (int start = 0; start < nearness.Length; start += RowsAtOnce)
        {
            Span<int> part = rows[..Math.Min(RowsAtOnce, nearness.Length - start)];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = firstRow + start + i;
            }

            Compare(query, part, nearness.Slice(start, part.Length));
        }
    }

    private void Compare(WholeVectorQuery query, ReadOnlySpan<nint> vectors, ReadOnlySpan<nint> scales, bool isHalf, Span<float> nearness)
    {
        ReadOnlySpan<float> values = query.Values;
        if (isHalf)
        {
            SumHalves(values, vectors, nearness);
        }
        else
        {
            measure.Kernel.SumAt(values, vectors, nearness);
        }

        for (int i = 0; i < nearness.Length; i++)
        {
            float sum = measure.IsCosine && scales[i] != 0 ? nearness[i] * *(float*)scales[i] * query.Scale : nearness[i] * measure.Sign * query.Scale;
            nearness[i] = float.IsFinite(sum) ? (float)measure.Nearness(sum) : NearnessInDouble(query, vectors[i], isHalf);
        }
    }

    private void SumHalves(ReadOnlySpan<float> query, ReadOnlySpan<nint> vectors, Span<float> sums)
    {
        float[]? rented = 4 * dimensions > ComponentsOnStack ? ArrayPool<float>.Shared.Rent(4 * dimensions) : null;
        Span<float> widened = rented ?? stackalloc float[4 * dimensions];
        for (int start = 0; start < vectors.Length; start += 4)
        {
            int count = Math.Min(4, vectors.Length - start);
            for (int i = 0; i < count; i++)
            {
                HalfVectors.Widen(new ReadOnlySpan<Half>((void*)vectors[start + i], dimensions), widened.Slice(i * dimensions, dimensions));
            }

            measure.Kernel.Sum(query, widened[..(count * dimensions)], dimensions, sums.Slice(start, count));
        }

        if (rented is not null)
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    // Where neither precision has a number, the row counts as the farthest, so that there always is an order.
    private float NearnessInDouble(WholeVectorQuery query, nint vector, bool isHalf)
    {
        float[] values = query.Values.ToArray();
        if (measure.IsCosine)
        {
            VectorMeasure.Normalize(values, dimensions, values);
        }

        double nearness = measure.NearnessInDouble(values, isHalf ? Widen(vector) : new ReadOnlySpan<float>((void*)vector, dimensions));
        return double.IsNaN(nearness) ? float.NegativeInfinity : (float)nearness;
    }

    private float[] Widen(nint vector)
    {
        float[] widened = new float[dimensions];
        HalfVectors.Widen(new ReadOnlySpan<Half>((void*)vector, dimensions), widened);
        return widened;
    }
}
