using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>A search of a column that has an index, or may get one.</summary>
/// <param name="property">The property whose vectors are compared.</param>
/// <param name="slot">The place of its index.</param>
internal sealed class IndexedSearch(VectorProperty property, IndexSlot slot)
{
    private volatile ExceptionDispatchInfo? _filterFault;

    /// <summary>Asks the index; where there is none, or it fails, all vectors are compared.</summary>
    public RowScore[][] Find(VectorIndexSearch search, CancellationToken cancellationToken)
    {
        slot.Column.Times.Begin();
        try
        {
            return slot.Index is { } index ? Ask(index, search, cancellationToken) : FindExactly(search, cancellationToken);
        }
        finally
        {
            slot.Column.Times.End();
        }
    }

    private RowScore[][] Ask(VectorIndex index, VectorIndexSearch search, CancellationToken cancellationToken)
    {
        try
        {
            return index.Search(search with { Options = search.Options with { Accepts = row => Accepts(search.Options, row) } }, cancellationToken);
        }
        catch (Exception) when (_filterFault is not null)
        {
            // What a filter throws is for whoever gave it, and the same on one thread and on many.
            _filterFault.Throw();
            throw;
        }
        catch (Exception exception) when (FindCallersFault(exception) is { } fault)
        {
            if (fault != exception)
            {
                ExceptionDispatchInfo.Throw(fault);
            }

            throw;
        }
        catch (Exception exception)
        {
            slot.Column.Fail(exception);
            return property.Search.Find(search.Blocks, search.Candidates, search.Queries, search.Options, cancellationToken);
        }
    }

    // One search may want too much memory, or be ended, and no index is at fault. Threads that share the work tell it of one another.
    private static Exception? FindCallersFault(Exception exception)
    {
        IEnumerable<Exception> told = exception is AggregateException several ? several.Flatten().InnerExceptions : [exception];
        return told.FirstOrDefault(fault => fault is OperationCanceledException or OutOfMemoryException);
    }

    private bool Accepts(RowSearchOptions options, int row)
    {
        try
        {
            return options.Accepts!(row);
        }
        catch (Exception exception)
        {
            _filterFault = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    private RowScore[][] FindExactly(VectorIndexSearch search, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        RowScore[][] found = property.Search.Find(search.Blocks, search.Candidates, search.Queries, search.Options, cancellationToken);
        bool isPlain = search is { Candidates: null, IsFiltered: false };
        slot.Column.NoteExact(isPlain ? Stopwatch.GetElapsedTime(started) / Math.Max(1, found.Length) : null);
        return found;
    }
}
