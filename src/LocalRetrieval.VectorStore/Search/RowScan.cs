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

    protected RowSearchOptions Options => options;

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
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, _ => Work(cancellationToken));
        }
    }

    /// <summary>The best rows for a query.</summary>
    public TopRows Found(int query) => _found[query];

    /// <summary>Does one piece of the work.</summary>
    protected abstract void Scan(int piece, RowScanBuffers buffers);

    /// <summary>Compares rows with all queries, and offers those among them that may be found.</summary>
    /// <param name="block">The block that holds them.</param>
    /// <param name="start">The index of the first one in the block.</param>
    /// <param name="count">How many.</param>
    /// <param name="mask">A bit for each row that may be found.</param>
    /// <param name="buffers">The thread's own buffers.</param>
    protected void Compare(in RowBlock block, int start, int count, ulong mask, RowScanBuffers buffers)
    {
        ReadOnlySpan<float> rows = block.Read(start, count, dimensions, buffers);
        ReadOnlySpan<float> scales = measure.IsCosine && !block.Scales.IsEmpty ? block.Scales.Span.Slice(start, count) : default;
        measure.Kernel.Sum(queries.Span, rows, dimensions, buffers.Sums);
        for (int query = 0; query < queryCount; query++)
        {
            Span<float> sums = buffers.Sums.AsSpan(query * count, count);
            ToNearness(sums, scales);
            Offer(query, block.FirstRow + start, rows, sums, mask, buffers.Found[query]);
        }
    }

    private void ToNearness(Span<float> sums, ReadOnlySpan<float> scales)
    {
        if (!scales.IsEmpty)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] *= scales[i];
            }
        }
        else if (measure.Sign < 0)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = -sums[i];
            }
        }
    }

    private void Offer(int query, int firstRow, ReadOnlySpan<float> rows, ReadOnlySpan<float> sums, ulong mask, TopRows found)
    {
        double bound = found.Bound;
        for (int i = 0; i < sums.Length; i++)
        {
            float sum = sums[i];
            // What is not finite says nothing yet, and fails the second comparison or both.
            if ((sum < bound && sum >= float.MinValue) || (mask & (1UL << i)) == 0)
            {
                continue;
            }

            double nearness = measure.Nearness(queries.Span.Slice(query * dimensions, dimensions), rows.Slice(i * dimensions, dimensions), sum);
            if (nearness >= bound && options.Accepts?.Invoke(firstRow + i) != false)
            {
                found.Offer(nearness, firstRow + i);
                bound = found.Bound;
            }
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
