using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;

namespace LocalRetrieval.VectorData.Search;

/// <summary>One pass over rows, shared by some threads: each takes the next piece of work until none is left, and keeps its own best rows.</summary>
internal abstract class RowScan(VectorMeasure measure, int dimensions, ReadOnlyMemory<float> queries, RowSearchOptions options, int queryCount)
{
    private readonly Lock _lock = new();
    private TopRows[] _found = [];
    private int _nextPiece = -1;

    /// <summary>About how many rows are to be compared.</summary>
    public abstract long Rows { get; }

    /// <summary>How many pieces the work has.</summary>
    protected abstract int Pieces { get; }

    protected int Dimensions => dimensions;

    protected int QueryCount => queryCount;

    public void Run(int threads, CancellationToken cancellationToken)
    {
        threads = Math.Min(threads, Pieces);
        if (threads <= 1)
        {
            Work(cancellationToken);
        }
        else
        {
            WorkInParallel(threads, cancellationToken);
        }
    }

    /// <summary>The best rows for a query.</summary>
    public TopRows Found(int query) => _found[query];

    /// <summary>Does one piece of the work.</summary>
    protected abstract void Scan(int piece, RowScanBuffers buffers);

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

    private void WorkInParallel(int threads, CancellationToken cancellationToken)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, threads, parallel, _ => Work(cancellationToken));
        }
        catch (AggregateException exception)
        {
            // What a filter throws is the same on one thread and on many.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private void Work(CancellationToken cancellationToken)
    {
        RowScanBuffers buffers = new(queryCount, dimensions, options.Kept);
        for (int piece = Interlocked.Increment(ref _nextPiece); piece < Pieces; piece = Interlocked.Increment(ref _nextPiece))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Scan(piece, buffers);
        }

        lock (_lock)
        {
            Add(buffers.Found);
        }
    }

    private void Add(TopRows[] found)
    {
        if (_found.Length == 0)
        {
            _found = found;
            return;
        }

        for (int query = 0; query < found.Length; query++)
        {
            _found[query].Merge(found[query]);
        }
    }
}
