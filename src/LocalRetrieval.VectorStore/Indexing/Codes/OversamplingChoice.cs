using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Chooses how many rows are to be found by codes so that a share of what an exact search finds is among them, by trying it on the index's own vectors.</summary>
/// <remarks>
/// What is searched for is a row moved by half of the difference of two others: about as far from the rows as questions are, and into directions that vectors of this kind differ in. The row
/// itself does not count. The same rows and seed give the same choice.
/// </remarks>
internal sealed class OversamplingChoice(VectorMeasure measure, int dimensions, RowCodes codes, RowBlock[] blocks, VectorIndexOptions options)
{
    /// <summary>How many rows each trial is to find.</summary>
    public const int Depth = 10;

    private const int Trials = 128;
    private const int TrialsOfMany = 64;
    private const int ManyRows = 1 << 17;
    private const int MostCandidates = Depth * VectorIndexOptions.MaxOversampling;

    // Of what the target leaves to be missed, which part is kept in hand: some trials are no more exact, and questions are a little farther from the rows than what is tried.
    private const double Margin = 0.4;

    private readonly ExactSearch _exact = new(measure, dimensions) { MaxThreads = Math.Min(options.UsedBuildThreads, Environment.ProcessorCount) };
    private readonly RowReader _reader = new(blocks, dimensions);

    // How many rows were found by the candidate of a rank, nearest by codes first.
    private readonly int[] _hits = new int[MostCandidates];
    private int _expected;

    /// <summary>Measures and chooses.</summary>
    /// <param name="rows">How many rows are searched.</param>
    /// <param name="cancellationToken">Ends it; nothing is chosen then.</param>
    /// <returns>The choice; null where the rows say nothing, as zeros do.</returns>
    public Oversampling? Choose(int rows, CancellationToken cancellationToken)
    {
        int trials = rows < ManyRows ? Trials : TrialsOfMany;
        Random random = new(unchecked((options.Seed * 397) ^ rows));
        for (int first = 0; first < trials; first += ExactSearch.QueriesAtOnce)
        {
            Try(rows, ExactSearch.QueriesAtOnce, random, cancellationToken);
        }

        return _expected == 0 ? null : Choose(rows);
    }

    private Oversampling Choose(int rows)
    {
        double target = options.TargetRecall + (Margin * (1 - options.TargetRecall));
        int found = 0;
        for (int rank = 0; rank < MostCandidates; rank++)
        {
            found += _hits[rank];
            if (rank + 1 >= Depth && found >= target * _expected)
            {
                return new Oversampling((rank + 1) / (double)Depth, IsChosen: true, rows, found / (double)_expected);
            }
        }

        return new Oversampling(VectorIndexOptions.MaxOversampling, IsChosen: true, rows, found / (double)_expected);
    }

    private void Try(int rows, int count, Random random, CancellationToken cancellationToken)
    {
        float[] queries = new float[count * dimensions];
        int[] origins = new int[count];
        int made = 0;
        for (int attempt = 0; attempt < 4 * count && made < count; attempt++)
        {
            origins[made] = random.Next(rows);
            made += Move(origins[made], random.Next(rows), random.Next(rows), random, queries.AsSpan(made * dimensions, dimensions)) ? 1 : 0;
        }

        if (made == 0)
        {
            return;
        }

        ReadOnlyMemory<float> asked = queries.AsMemory(0, made * dimensions);
        RowScore[][] nearest = _exact.Search(blocks, asked, new() { Top = Depth + 1 }, cancellationToken);
        CodeScan scan = new(codes, codes.PrepareAll(CodeIndex.Prefixes(asked.Span, dimensions, codes.Dimensions)), made, list: null, rows, MostCandidates + 1, accepts: null);
        scan.Run(_exact.MaxThreads, cancellationToken);
        for (int query = 0; query < made; query++)
        {
            int[] candidates = [.. scan.Found(query).Take(0).Select(candidate => candidate.Row).Where(row => row != origins[query])];
            Count(asked.Slice(query * dimensions, dimensions), [.. nearest[query].Where(found => found.Row != origins[query])], candidates);
        }
    }

    /// <summary>Makes a query of a row; false where it is of no use.</summary>
    private bool Move(int row, int from, int to, Random random, Span<float> query)
    {
        _reader.Read(row).CopyTo(query);
        if (!query.ContainsAnyExcept(0f))
        {
            return false;
        }

        float[] origin = _reader.Read(from).ToArray();
        ReadOnlySpan<float> target = _reader.Read(to);
        bool isEquality = measure.Kernel == PairKernel.Inequality;
        for (int i = 0; i < query.Length; i++)
        {
            // Components that are compared for equality are exchanged instead.
            query[i] = isEquality ? (random.Next(2) == 0 ? query[i] : target[i]) : query[i] + ((target[i] - origin[i]) / 2);
        }

        return query.ContainsAnyExcept(0f) && !query.ContainsAny(float.NaN, float.PositiveInfinity, float.NegativeInfinity);
    }

    /// <summary>Counts at which ranks by codes the rows are that an exact search finds. Rows as near as the last of these are as good.</summary>
    private void Count(ReadOnlyMemory<float> query, RowScore[] nearest, int[] candidates)
    {
        int expected = Math.Min(Depth, nearest.Length);
        if (expected == 0 || candidates.Length == 0)
        {
            return;
        }

        double worst = nearest[expected - 1].Score;
        RowScore[] scores = _exact.SearchRows(blocks, candidates.Order().ToArray(), query, new() { Top = candidates.Length })[0];
        HashSet<int> good = [.. scores.Where(score => measure.Passes(score.Score, worst)).Select(score => score.Row)];
        _expected += expected;
        for (int rank = 0, found = 0; rank < Math.Min(candidates.Length, MostCandidates) && found < expected; rank++)
        {
            if (good.Contains(candidates[rank]))
            {
                _hits[rank]++;
                found++;
            }
        }
    }
}
