using System.Diagnostics;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Finds the rows nearest to queries by comparing all of them, or those of a list.</summary>
/// <remarks>
/// Up to 32 queries share one pass over the rows. What is found does not depend on how many queries are asked at once, on how rows
/// are split into blocks, or on how many threads share the work; of equally near rows the lower number comes first. Safe for concurrent use.
/// </remarks>
internal sealed class ExactSearch(VectorMeasure measure, int dimensions)
{
    /// <summary>How many queries share a pass.</summary>
    public const int QueriesAtOnce = 32;

    /// <summary>What one thread compares in some tenths of a millisecond: below, waking others costs more than they give.</summary>
    public const long ComponentsInPlace = 1 << 20;

    /// <summary>How many threads share the work of a large search.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Searches all rows of <paramref name="blocks"/>.</summary>
    /// <param name="blocks">The rows; their numbers ascend and do not overlap.</param>
    /// <param name="queries">The queries, <c>[query, dimension]</c>, all finite, of any length.</param>
    /// <param name="options">How many rows to return, and which.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rows found for each query, nearest first.</returns>
    public RowScore[][] Search(RowBlock[] blocks, ReadOnlyMemory<float> queries, RowSearchOptions options, CancellationToken cancellationToken = default) =>
        Run(queries, options, (prepared, count) => new BlockScan(measure, dimensions, blocks, prepared, options, count), cancellationToken);

    /// <summary>Searches the rows of a list, which costs nothing for the others.</summary>
    /// <param name="blocks">The blocks that hold the rows; their numbers ascend and do not overlap.</param>
    /// <param name="rows">The numbers of the rows to compare, ascending.</param>
    /// <param name="queries">The queries, <c>[query, dimension]</c>, all finite, of any length.</param>
    /// <param name="options">How many rows to return, and which.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rows found for each query, nearest first.</returns>
    public RowScore[][] SearchRows(
        RowBlock[] blocks, ReadOnlyMemory<int> rows, ReadOnlyMemory<float> queries, RowSearchOptions options, CancellationToken cancellationToken = default) =>
        Run(queries, options, (prepared, count) => new ListScan(measure, dimensions, blocks, rows, prepared, options, count), cancellationToken);

    /// <summary>Searches the rows of a list, or all where there is none.</summary>
    /// <param name="blocks">The rows; their numbers ascend and do not overlap.</param>
    /// <param name="rows">The numbers of the rows to compare, ascending; null for all.</param>
    /// <param name="queries">The queries, <c>[query, dimension]</c>, all finite, of any length.</param>
    /// <param name="options">How many rows to return, and which.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rows found for each query, nearest first.</returns>
    public RowScore[][] Find(RowBlock[] blocks, int[]? rows, ReadOnlyMemory<float> queries, RowSearchOptions options, CancellationToken cancellationToken = default) =>
        rows is null ? Search(blocks, queries, options, cancellationToken) : SearchRows(blocks, rows, queries, options, cancellationToken);

    private RowScore[][] Run(
        ReadOnlyMemory<float> queries, RowSearchOptions options, Func<ReadOnlyMemory<float>, int, RowScan> start, CancellationToken cancellationToken)
    {
        Debug.Assert(queries.Length % dimensions == 0);
        RowScore[][] found = new RowScore[queries.Length / dimensions][];
        for (int first = 0; first < found.Length; first += QueriesAtOnce)
        {
            int count = Math.Min(QueriesAtOnce, found.Length - first);
            RowScan scan = start(Prepare(queries.Slice(first * dimensions, count * dimensions)), count);
            scan.Run(scan.Rows * (long)dimensions * count <= ComponentsInPlace ? 1 : MaxThreads, cancellationToken);
            for (int query = 0; query < count; query++)
            {
                found[first + query] = Finish(scan.Found(query), options);
            }
        }

        return found;
    }

    private ReadOnlyMemory<float> Prepare(ReadOnlyMemory<float> queries)
    {
        if (!measure.IsCosine)
        {
            return queries;
        }

        float[] normalized = new float[queries.Length];
        VectorMeasure.Normalize(queries.Span, dimensions, normalized);
        return normalized;
    }

    private RowScore[] Finish(TopRows rows, RowSearchOptions options)
    {
        (double Nearness, int Row)[] kept = rows.Take(options.Skip);
        RowScore[] found = new RowScore[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            found[i] = new RowScore(kept[i].Row, measure.Score(kept[i].Nearness));
            if (options.ScoreThreshold is { } threshold && !measure.Passes(found[i].Score, threshold))
            {
                return found[..i];
            }
        }

        return found;
    }
}
