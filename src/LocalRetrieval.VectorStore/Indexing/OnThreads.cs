using System.Runtime.ExceptionServices;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Runs the parts of a search or of a building on several threads.</summary>
internal static class OnThreads
{
    /// <summary>Runs all parts; what one of them throws comes through as it is.</summary>
    /// <param name="count">How many parts there are.</param>
    /// <param name="threads">How many threads share them at most.</param>
    /// <param name="run">Runs the part of a number.</param>
    /// <param name="cancellationToken">Ends it between two parts.</param>
    public static void Run(int count, int threads, Action<int> run, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, run);
        }
        catch (AggregateException exception)
        {
            // What several threads throw at once has one cause mostly; and whether that is want of memory, cancellation or a fault counts for what becomes of the index.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
