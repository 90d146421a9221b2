using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <content>Searches.</content>
internal sealed partial class CodeIndex
{
    // What one thread compares in some tenths of a millisecond.
    private const long BytesInPlace = 1 << 20;

    // A whole vector costs at least twice as much as a code, and so many as this are read anyhow.
    private const int WholeVectorsPerCandidate = 2;

    /// <summary>How many threads share the work of a large search.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    private ExactSearch Exact => field ??= new ExactSearch(_measure, _dimensions) { MaxThreads = MaxThreads };

    public override RowScore[][] Search(VectorIndexSearch search, CancellationToken cancellationToken)
    {
        int known = Math.Min(Count, search.Rows);
        int listed = search.Candidates is { } candidates ? CountBelow(candidates, known) : known;
        int wanted = _oversampling.CandidatesFor(search.Options.Kept);
        if (listed == 0 || (_options.Rescoring && listed <= (long)WholeVectorsPerCandidate * wanted))
        {
            return SearchExactly(search, search.Blocks, search.Candidates, search.Queries, search.Options, cancellationToken);
        }

        RowScore[][] found = new RowScore[search.Queries.Length / _dimensions][];
        for (int first = 0; first < found.Length; first += ExactSearch.QueriesAtOnce)
        {
            int count = Math.Min(ExactSearch.QueriesAtOnce, found.Length - first);
            ReadOnlyMemory<float> queries = search.Queries.Slice(first * _dimensions, count * _dimensions);
            CodeScan scan = new(_codes, Prepare(queries.Span), search.Candidates, listed, wanted, search.Options.Accepts);
            scan.Run(scan.Bytes <= BytesInPlace ? 1 : MaxThreads, cancellationToken);
            RowScore[][] later = known == search.Rows ? [] : SearchLater(search, known, listed, queries, cancellationToken);
            for (int query = 0; query < count; query++)
            {
                RowScore[] laterOnes = later.Length == 0 ? [] : later[query];
                found[first + query] = _options.Rescoring
                    ? Rescore(search, scan.Found(query), laterOnes, queries.Slice(query * _dimensions, _dimensions), cancellationToken)
                    : Merge(scan.Found(query), laterOnes, search.Options);
            }
        }

        return found;
    }

    private static int CountBelow(int[] candidates, int rows)
    {
        int index = Array.BinarySearch(candidates, rows);
        return index < 0 ? ~index : index;
    }

    private static RowBlock[] BlocksFrom(RowBlock[] blocks, int row, int dimensions) =>
        [.. blocks.Where(block => block.FirstRow + block.Count > row).Select(block => block.FirstRow >= row ? block : block.From(row - block.FirstRow, dimensions))];

    private RowQuery[] Prepare(ReadOnlySpan<float> queries)
    {
        RowQuery[] prepared = new RowQuery[queries.Length / _dimensions];
        for (int query = 0; query < prepared.Length; query++)
        {
            prepared[query] = _codes.Prepare(queries.Slice(query * _dimensions, _codes.Dimensions));
        }

        return prepared;
    }

    private RowScore[][] SearchExactly(
        VectorIndexSearch search, RowBlock[] blocks, int[]? candidates, ReadOnlyMemory<float> queries, RowSearchOptions options, CancellationToken cancellationToken) =>
        candidates is null
            ? Exact.Search(blocks, queries, options, cancellationToken)
            : Exact.SearchRows(search.Blocks, candidates, queries, options, cancellationToken);

    // The rows that the index does not know yet.
    private RowScore[][] SearchLater(VectorIndexSearch search, int known, int listed, ReadOnlyMemory<float> queries, CancellationToken cancellationToken)
    {
        RowSearchOptions options = search.Options with { Top = search.Options.Kept, Skip = 0, ScoreThreshold = null };
        return SearchExactly(search, BlocksFrom(search.Blocks, known, _dimensions), search.Candidates?[listed..], queries, options, cancellationToken);
    }

    private RowScore[] Rescore(VectorIndexSearch search, TopRows byCodes, RowScore[] later, ReadOnlyMemory<float> query, CancellationToken cancellationToken)
    {
        (double, int Row)[] candidates = byCodes.Take(0);
        int[] rows = new int[candidates.Length + later.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i < candidates.Length ? candidates[i].Row : later[i - candidates.Length].Row;
        }

        Array.Sort(rows);
        return Exact.SearchRows(search.Blocks, rows, query, search.Options with { Accepts = null }, cancellationToken)[0];
    }

    // Scores by codes beside those of the rows that have none yet.
    private RowScore[] Merge(TopRows byCodes, RowScore[] later, RowSearchOptions options)
    {
        RowScore[] all = [.. byCodes.Take(0).Select(found => new RowScore(found.Row, _measure.Score(_measure.Nearness((float)found.Nearness)))), .. later];
        int direction = _measure.HigherIsNearer ? -1 : 1;
        Array.Sort(all, (x, y) => x.Score == y.Score ? x.Row.CompareTo(y.Row) : direction * x.Score.CompareTo(y.Score));
        ReadOnlySpan<RowScore> kept = all.AsSpan(Math.Min(options.Skip, all.Length));
        int count = 0;
        while (count < Math.Min(kept.Length, options.Top) && (options.ScoreThreshold is not { } threshold || _measure.Passes(kept[count].Score, threshold)))
        {
            count++;
        }

        return kept[..count].ToArray();
    }
}
