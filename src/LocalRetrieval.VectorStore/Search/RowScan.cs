using System.Numerics.Tensors;

namespace LocalRetrieval.VectorData.Search;

/// <summary>One pass over whole vectors.</summary>
internal abstract class RowScan(VectorMeasure measure, int dimensions, ReadOnlyMemory<float> queries, RowSearchOptions options, int queryCount)
    : SharedScan<RowScanBuffers>
{
    /// <summary>About how many rows are to be compared.</summary>
    public abstract long Rows { get; }

    protected int Dimensions => dimensions;

    protected int QueryCount => queryCount;

    protected sealed override RowScanBuffers CreateBuffers() => new(queryCount, dimensions, options.Kept);

    protected sealed override TopRows[] FoundIn(RowScanBuffers buffers) => buffers.Found;

    /// <summary>Compares neighbouring rows with all queries, and offers them.</summary>
    /// <param name="block">The block that holds them.</param>
    /// <param name="start">The index of the first one in the block.</param>
    /// <param name="count">How many, at most a tile.</param>
    /// <param name="buffers">The thread's own buffers.</param>
    protected void Compare(in RowBlock block, int start, int count, RowScanBuffers buffers)
    {
        measure.Kernel.Sum(queries.Span, block.Read(start, count, dimensions, buffers), dimensions, buffers.Sums);
        Offer(block, buffers.List(start, count), HasScales(block) ? block.Scales.Span.Slice(start, count) : default, buffers);
    }

    /// <summary>Compares rows of a list with all queries, and offers them.</summary>
    /// <param name="block">The block that holds them.</param>
    /// <param name="list">The indexes of the rows in the block, at most a tile.</param>
    /// <param name="buffers">The thread's own buffers.</param>
    protected void Compare(in RowBlock block, ReadOnlySpan<int> list, RowScanBuffers buffers)
    {
        if (list.IsEmpty)
        {
            return;
        }

        if (block.Halves.IsEmpty)
        {
            measure.Kernel.Sum(queries.Span, block.Floats.Span, list, dimensions, buffers.Sums);
        }
        else
        {
            measure.Kernel.Sum(queries.Span, block.Read(list, dimensions, buffers), dimensions, buffers.Sums);
        }

        Span<float> scales = HasScales(block) ? buffers.Scales.AsSpan(0, list.Length) : default;
        ReadOnlySpan<float> scalesOfBlock = block.Scales.Span;
        for (int i = 0; i < scales.Length; i++)
        {
            scales[i] = scalesOfBlock[list[i]];
        }

        Offer(block, list, scales, buffers);
    }

    private bool HasScales(in RowBlock block) => measure.IsCosine && !block.Scales.IsEmpty;

    private void Offer(in RowBlock block, ReadOnlySpan<int> list, ReadOnlySpan<float> scales, RowScanBuffers buffers)
    {
        for (int query = 0; query < queryCount; query++)
        {
            Span<float> sums = buffers.Sums.AsSpan(query * list.Length, list.Length);
            ToNearness(sums, scales);
            Offer(query, block, list, sums, buffers);
        }
    }

    private void ToNearness(Span<float> sums, ReadOnlySpan<float> scales)
    {
        if (!scales.IsEmpty)
        {
            TensorPrimitives.Multiply(sums, scales, sums);
        }
        else if (measure.Sign < 0)
        {
            TensorPrimitives.Negate(sums, sums);
        }
    }

    private void Offer(int query, in RowBlock block, ReadOnlySpan<int> list, ReadOnlySpan<float> sums, RowScanBuffers buffers)
    {
        TopRows found = buffers.Found[query];
        double bound = found.Bound;
        for (int i = 0; i < sums.Length; i++)
        {
            float sum = sums[i];
            // What is not finite says nothing yet, and fails the second comparison or both.
            if (sum < bound && sum >= float.MinValue)
            {
                continue;
            }

            double nearness = float.IsFinite(sum)
                ? measure.Nearness(sum)
                : measure.NearnessInDouble(queries.Span.Slice(query * dimensions, dimensions), block.Read(list[i], 1, dimensions, buffers));
            int row = block.FirstRow + list[i];
            if (nearness >= bound && options.Accepts?.Invoke(row) != false)
            {
                found.Offer(nearness, row);
                bound = found.Bound;
            }
        }
    }
}
