using System.Runtime.ExceptionServices;

namespace LocalRetrieval.VectorData.Search;

/// <summary>One pass over rows, shared by some threads: each takes the next piece of work until none is left, and keeps its own best rows.</summary>
/// <typeparam name="TBuffers">What one thread writes to.</typeparam>
internal abstract class SharedScan<TBuffers>
{
    private readonly Lock _lock = new();
    private TopRows[] _found = [];
    private int _nextPiece = -1;

    /// <summary>How many pieces the work has.</summary>
    protected abstract int Pieces { get; }

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

    /// <summary>Makes what one thread writes to.</summary>
    protected abstract TBuffers CreateBuffers();

    /// <summary>The best rows for each query among what a thread compared.</summary>
    protected abstract TopRows[] FoundIn(TBuffers buffers);

    /// <summary>Does one piece of the work.</summary>
    protected abstract void Scan(int piece, TBuffers buffers);

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
        TBuffers buffers = CreateBuffers();
        for (int piece = Interlocked.Increment(ref _nextPiece); piece < Pieces; piece = Interlocked.Increment(ref _nextPiece))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Scan(piece, buffers);
        }

        lock (_lock)
        {
            Add(FoundIn(buffers));
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
