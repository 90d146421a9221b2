using System.Runtime.ExceptionServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>One pass over rows, shared by some threads: each takes the next piece of work until none is left, and keeps its own best rows.</summary>
/// <param name="format">How the rows are written.</param>
/// <param name="rows">The rows.</param>
/// <param name="count">How many are compared.</param>
/// <param name="list">Their numbers; null for those from 0 on.</param>
/// <param name="query">What they are compared with.</param>
/// <param name="options">How many to return, and which.</param>
internal sealed class MaxSimScan(TokenFormat format, TokenRows rows, int count, int[]? list, MaxSimQuery query, RowSearchOptions options)
{
    private const int RowsPerPiece = 64;

    private readonly Lock _lock = new();
    private readonly TopRows _found = new(options.Kept);
    private int _nextPiece = -1;

    /// <summary>Whether rows are asked for before they are compared, which costs more than asking; or else only those that would be kept.</summary>
    public bool AsksFirst { get; init; } = true;

    private int Pieces => (count + RowsPerPiece - 1) / RowsPerPiece;

    /// <returns>The best rows.</returns>
    public TopRows Run(int threads, CancellationToken cancellationToken)
    {
        threads = Math.Min(threads, Pieces);
        if (threads <= 1)
        {
            Work(cancellationToken);
            return _found;
        }

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

        return _found;
    }

    private void Work(CancellationToken cancellationToken)
    {
        MaxSimComparison comparison = new(format, query);
        TopRows found = new(options.Kept);
        for (int piece = Interlocked.Increment(ref _nextPiece); piece < Pieces; piece = Interlocked.Increment(ref _nextPiece))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = Math.Min(count, (piece + 1) * RowsPerPiece);
            for (int i = piece * RowsPerPiece; i < end; i++)
            {
                Compare(list is null ? i : list[i], comparison, found);
            }
        }

        GC.KeepAlive(rows);
        lock (_lock)
        {
            _found.Merge(found);
        }
    }

    private void Compare(int row, MaxSimComparison comparison, TopRows found)
    {
        if (AsksFirst && options.Accepts?.Invoke(row) == false)
        {
            return;
        }

        double score = comparison.Score(rows.Find(row));
        if (score >= found.Bound && (AsksFirst || options.Accepts?.Invoke(row) != false))
        {
            found.Offer(score, row);
        }
    }
}
