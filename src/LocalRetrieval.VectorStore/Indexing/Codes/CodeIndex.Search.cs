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

    // Of what bits find, so many are compared whole that up to here nothing is gained.
    private const int UsualWholeRowsOfBinaryList = 3 * UsualWholeRowsOfList;

    // By how much a filtered search is widened, and up to which part of its list, or of all rows.
    private const int Widening = 16;
    private const int ShareWidenedTo = 8;

    // What the nearness of rows to the queries of a pass takes of memory: 16 MB, or that of one query.
    private const int NearnessOfPass = 1 << 22;

    /// <summary>How many threads share the work of a large search.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Up to how many rows of a list are compared whole: rows that lie anywhere are mostly waited for, so that it is over before codes and the choice among what they find are.</summary>
    public int WholeRowsOfList { get; init; }

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
        int atOnce = IsWidened(search) ? Math.Clamp(NearnessOfPass / listed, 1, ExactSearch.QueriesAtOnce) : ExactSearch.QueriesAtOnce;
        for (int first = 0; first < found.Length; first += atOnce)
        {
            int count = Math.Min(atOnce, found.Length - first);
            SearchTogether(search, search.Queries.Slice(first * _dimensions, count * _dimensions), known, listed, wanted, cancellationToken).CopyTo(found, first);
        }

        return found;
    }

    private bool IsComparedWhole(int rows, int wanted, bool isList) =>
        rows <= (long)WholeVectorsPerCandidate * wanted || (isList && rows <= WholeRowsOfList);

    // How many rows are found by codes was chosen for what lies near all rows; what a filter takes may lie where the nearest of it hardly differ.
    private bool IsWidened(VectorIndexSearch search) => (search.Candidates is not null || search.IsFiltered) && _options.Rescoring && _oversampling.IsChosen;

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
        using CodeScan scan = new(_codes, prepared, count, search.Candidates, listed, wanted, search.Options.Accepts) { KeepsNearness = IsWidened(search) };
        scan.Run(scan.Bytes <= BytesInPlace ? 1 : MaxThreads, cancellationToken);
        RowScore[][]? later = known == search.Rows ? null : SearchLater(search, known, listed, queries, cancellationToken);
        RowScore[][] found = new RowScore[count][];
        ForEach(count, wanted, Finish, cancellationToken);
        return found;

        void Finish(int query) => found[query] = _options.Rescoring
            ? Rescore(search, scan, query, later?[query] ?? [], queries.Slice(query * _dimensions, _dimensions), cancellationToken)
            : Merge(scan.Found(query), later?[query] ?? [], search.Options);
    }

    private RowScore[] Rescore(VectorIndexSearch search, CodeScan scan, int query, RowScore[] later, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        int[] candidates = RowsOf(scan.Found(query));
        RowScore[] found = Rescore(search, candidates, later, vector, cancellationToken);
        int widened = (int)Math.Min((long)Widening * candidates.Length, scan.Rows / ShareWidenedTo);
        if (scan.KeepsNearness && widened > candidates.Length && LieDeep(found, candidates))
        {
            candidates = RowsOf(scan.FindMore(query, widened));
            found = Rescore(search, candidates, later, vector, cancellationToken);
        }

        // Codes say little of what is nearest there. Of a list what was found by then is mostly enough; what else a filter takes may be most of the rows.
        return scan.KeepsNearness && search.Candidates is null && LieDeep(found, candidates)
            ? SearchExactly(search, search.Blocks, null, vector, search.Options, cancellationToken)[0]
            : found;
    }

    // Where rows of the second half are among the nearest, those behind it would be, too.
    private static bool LieDeep(RowScore[] found, int[] candidates)
    {
        HashSet<int> rows = [.. found.Select(row => row.Row)];
        return candidates.Skip(candidates.Length / 2).Any(rows.Contains);
    }

    private static int[] RowsOf(TopRows byCodes) => Array.ConvertAll(byCodes.Take(0), candidate => candidate.Row);

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

    private RowScore[] Rescore(VectorIndexSearch search, int[] candidates, RowScore[] later, ReadOnlyMemory<float> query, CancellationToken cancellationToken)
    {
        int[] rows = [.. candidates, .. later.Select(row => row.Row)];
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
