using System.Collections.Concurrent;
using System.Linq.Expressions;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Compiles each shape of filter once.</summary>
/// <remarks>Safe for concurrent use. It is bounded: a program that makes ever new shapes pays for compiling, not with memory.</remarks>
internal sealed class FilterCache
{
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<FilterShape, CompiledFilter> _filters = new();

    /// <summary>How many shapes are compiled.</summary>
    public int Count => _filters.Count;

    /// <summary>Makes a filter ready for rows.</summary>
    /// <exception cref="InvalidOperationException">The filter names a property that the records do not have.</exception>
    /// <exception cref="NotSupportedException">The filter has a node that cannot be evaluated; the message names it.</exception>
    public RowFilter<TRecord> Prepare<TRecord>(Expression<Func<TRecord, bool>> filter, RecordModel model)
        where TRecord : class
    {
        FilterRewriter rewriter = new(model, filter.Parameters[0], ParameterFinder.FindDependent(filter.Body));
        Expression rewritten = rewriter.Visit(filter.Body)!;
        var shape = FilterShape.Of(rewritten);
        if (!_filters.TryGetValue(shape, out CompiledFilter? compiled))
        {
            compiled = CompiledFilter.Compile(rewritten, rewriter);
            if (_filters.Count >= Capacity)
            {
                _filters.Clear();
            }

            _filters[shape] = compiled;
        }

        return new RowFilter<TRecord>(compiled, rewriter.CapturedValues);
    }
}
