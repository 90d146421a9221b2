using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>Finds the rows that score best with a query by comparing all of them, or those of a list.</summary>
/// <remarks>What is found does not depend on how many threads share the work; of equally good rows the lower number comes first. Safe for concurrent use.</remarks>
internal sealed class MaxSimSearch(TokenFormat format)
{
    // What one thread multiplies in some tenths of a millisecond: below, waking others costs more than they give.
    private const long ProductsInPlace = 1 << 22;

    /// <summary>How many threads share the work of a large search.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether rows are asked for before they are compared, which costs more than asking where they have several vectors; or else only those that would be kept.</summary>
    public bool AsksFirst { get; init; } = true;

    /// <summary>Searches rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="list">The numbers of the rows to compare, ascending; null for all.</param>
    /// <param name="query">The query's vectors, <c>[vector, dimension]</c>.</param>
    /// <param name="options">How many rows to return, and which.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rows, best first.</returns>
    public RowScore[] Search(
        TokenRows rows, int count, int[]? list, ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken = default)
    {
        double vectorsPerRow = (double)rows.Count / Math.Max(1, count);
        MaxSimQuery prepared = new(format, query);
        count = list?.Length ?? count;
        MaxSimScan scan = new(format, rows, count, list, prepared, options) { AsksFirst = AsksFirst };
        bool isSmall = count * vectorsPerRow * prepared.Count * format.Stride <= ProductsInPlace;
        scan.Run(isSmall ? 1 : MaxThreads, cancellationToken);
        (double Nearness, int Row)[] kept = scan.Found(0).Take(options.Skip);
        IEnumerable<(double Score, int Row)> passing = options.ScoreThreshold is { } threshold ? kept.TakeWhile(row => row.Nearness >= threshold) : kept;
        return [.. passing.Select(row => new RowScore(row.Row, row.Score))];
    }
}
