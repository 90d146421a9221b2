using System.Linq.Expressions;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>A filter's code and how indexes help it: the same for all filters of one shape.</summary>
internal sealed class CompiledFilter
{
    private CompiledFilter(Func<object?[], object?[], object?, bool> matches, IndexPlan? plan, bool needsRecord)
    {
        Matches = matches;
        Plan = plan;
        NeedsRecord = needsRecord;
    }

    /// <summary>Whether a row's values, what the filter captured, and the record where it is needed, match.</summary>
    public Func<object?[], object?[], object?, bool> Matches { get; }

    /// <summary>Which rows can match by the indexes; null where these do not help.</summary>
    public IndexPlan? Plan { get; }

    public bool NeedsRecord { get; }

    /// <exception cref="NotSupportedException">The filter has a node that cannot be compiled.</exception>
    public static CompiledFilter Compile(Expression rewritten, FilterRewriter rewriter)
    {
        try
        {
            var matches = Expression
                .Lambda<Func<object?[], object?[], object?, bool>>(rewritten, FilterRewriter.Values, FilterRewriter.Captured, FilterRewriter.Record)
                .Compile();
            return new CompiledFilter(matches, IndexPlanner.Plan(rewritten), rewriter.NeedsRecord);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or TypeLoadException or InvalidProgramException)
        {
            throw new NotSupportedException($"Filter: '{rewritten}' cannot be compiled: {exception.Message}", exception);
        }
    }
}
