using System.Linq.Expressions;
using Microsoft.SemanticKernel.Data;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Which results of a search are wanted, and among which records.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <param name="Skip">How many results are left out before the first.</param>
/// <param name="Top">How many are returned.</param>
/// <param name="IncludeTotalCount">Whether the number of all is asked for.</param>
/// <param name="Filter">The records; null for all.</param>
internal readonly record struct SearchRange<TRecord>(int Skip, int Top, bool IncludeTotalCount, Expression<Func<TRecord, bool>>? Filter)
{
    /// <summary>How many results are retrieved.</summary>
    public int End => (int)Math.Min(int.MaxValue, (long)Skip + Top);

    /// <exception cref="ArgumentOutOfRangeException">Top is below 1 or Skip is negative.</exception>
    public static SearchRange<TRecord> Of(TextSearchOptions<TRecord>? options)
    {
        options ??= new TextSearchOptions<TRecord>();
        return Of(options.Skip, options.Top, options.IncludeTotalCount, options.Filter);
    }

    /// <exception cref="ArgumentOutOfRangeException">Top is below 1 or Skip is negative.</exception>
    public static SearchRange<TRecord> Of(int skip, int top, bool includeTotalCount, Expression<Func<TRecord, bool>>? filter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return new SearchRange<TRecord>(skip, top, includeTotalCount, filter);
    }
}
