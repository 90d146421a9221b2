using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <content>Searches.</content>
internal sealed partial class CodeIndex
{
    // What one thread compares in some tenths of a millisecond.
    private const long BytesInPlace = 1 << 20;
    private const long ComponentsInPlace = 1 << 18;

    // A whole vector costs at least twice as much as a code, and so many as this are read anyhow.
    private const int WholeVectorsPerCandidate = 2;

    private const int UsualWholeRowsOfList = 4096;

    /// <summary>How many threads share the work of a large search.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Up to how many rows of a list are compared whole: rows that lie anywhere are mostly waited for, so that it is over before codes and the choice among what they find are.</summary>
    public int WholeRowsOfList { get; init; } = UsualWholeRowsOfList;

    private ExactSearch Exact => field ??= new ExactSearch(_measure, _dimensions) { MaxThreads = MaxThreads };

    /// <summary>The first dimensions of some vectors: the vectors themselves where these are all.</summary>
    public static ReadOnlySpan<float> Prefixes(ReadOnlySpan<float> vectors, int dimensions, int first)
    {
        if (first == dimensions)
        {
            return vectors;
        }

        float[] prefixes = new float[vectors.Length / dimensions * first];
        for (int i = 0; i < vectors.Length / dimensions; i++)
        {
            vectors.Slice(i * dimensions, first).CopyTo(prefixes.AsSpan(i * first));
        }

        return prefixes;
    }

    public override RowScore[][] Search(VectorIndexSearch search, CancellationToken cancellationToken)
    {
        int known = Math.Min(Count, search.Rows);
        int listed = search.Candidates is { } candidates ? CountBelow(candidates, known) : known;
        int wanted = _oversampling.CandidatesFor(search.Options.Kept);
        if (listed == 0 || (_options.Rescoring && IsComparedWhole(listed, wanted, search.Candidates is not null)))
        {
            return SearchExactly(search, search.Blocks, search.Candidates, search.Queries, search.Options, cancellationToken);
        }

        RowScore[][] found = new RowScore[search.Queries.Length / _dimensions][];
        for (int first = 0; first < found.Length; first += ExactSearch.QueriesAtOnce)
        {
            int count = Math.Min(ExactSearch.QueriesAtOnce, found.Length - first);
            SearchTogether(search, search.Queries.Slice(first * _dimensions, count * _dimensions), known, listed, wanted, cancellationToken).CopyTo(found, first);
        }

        return found;
    }

    private bool IsComparedWhole(int rows, int wanted, bool isList) =>
        rows <= (long)WholeVectorsPerCandidate * wanted || (isList && rows <= WholeRowsOfList);

    private static int CountBelow(int[] candidates, int rows)
    {
        int index = Array.BinarySearch(candidates, rows);
        return index < 0 ? ~index : index;
    }

    private static RowBlock[] BlocksFrom(RowBlock[] blocks, int row, int dimensions) =>
        [.. blocks.Where(block => block.FirstRow + block.Count > row).Select(block => block.FirstRow >= row ? block : block.From(row - block.FirstRow, dimensions))];

    // The queries of one pass.
    private RowScore[][] SearchTogether(VectorIndexSearch search, ReadOnlyMemory<float> queries, int known, int listed, int wanted, CancellationToken cancellationToken)
    {
        int count = queries.Length / _dimensions;
        RowQuery prepared = _codes.PrepareAll(Prefixes(queries.Span, _dimensions, _codes.Dimensions));
        CodeScan scan = new(_codes, prepared, count, search.Candidates, listed, wanted, search.Options.Accepts);
        scan.Run(scan.Bytes <= BytesInPlace ? 1 : MaxThreads, cancellationToken);
        RowScore[][]? later = known == search.Rows ? null : SearchLater(search, known, listed, queries, cancellationToken);
        RowScore[][] found = new RowScore[count][];
        ForEach(count, wanted, Finish, cancellationToken);
        return found;

        void Finish(int query) => found[query] = _options.Rescoring
            ? Rescore(search, scan.Found(query), later?[query] ?? [], queries.Slice(query * _dimensions, _dimensions), cancellationToken)
            : Merge(scan.Found(query), later?[query] ?? [], search.Options);
    }

    private void ForEach(int count, int rowsEach, Action<int> finish, CancellationToken cancellationToken)
    {
        int threads = !_options.Rescoring || (long)count * rowsEach * _dimensions <= ComponentsInPlace ? 1 : MaxThreads;
        if (count == 1 || threads == 1)
        {
            for (int query = 0; query < count; query++)
            {
                finish(query);
            }

            return;
        }

        OnThreads.Run(count, threads, finish, cancellationToken);
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
