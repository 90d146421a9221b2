using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Chooses how many rows are to be found by codes so that a share of what an exact search finds is among them, by trying it on the index's own vectors.</summary>
/// <remarks>
/// Rows are no queries: each lies upon itself and beside what is nearly the same, as texts that overlap are, while what questions seek is at a distance at which many rows compete. So each trial is a row,
/// from which its nearest ones are taken as if they were not there, and those behind them are sought.
/// Over texts by the embedded encoders questions then found .999 (110,447 windows of sentences), .996 (100,000 sentences) and .965 (a million runs of words of which each overlaps with some twenty others)
/// for a target of .95; a row moved by the difference of two others, which was tried before, gave the last of these .83.
/// The same rows and seed give the same choice.
/// </remarks>
internal sealed class OversamplingChoice(VectorMeasure measure, int dimensions, RowCodes codes, RowBlock[] blocks, VectorIndexOptions options)
{
    /// <summary>How many rows each trial is to find.</summary>
    public const int Depth = 10;

    // How many of the nearest rows of each are passed over.
    private const int Beyond = 32;

    private const int Trials = 128;
    private const int MostCandidates = Depth * VectorIndexOptions.MaxOversampling;

    // Of what the target leaves to be missed, which part is kept in hand: some trials are no more exact.
    private const double Margin = 0.3;

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
        Random random = new(unchecked((options.Seed * 397) ^ rows));
        for (int first = 0; first < Trials; first += ExactSearch.QueriesAtOnce)
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
            made += IsOfUse(origins[made], queries.AsSpan(made * dimensions, dimensions)) ? 1 : 0;
        }

        if (made == 0)
        {
            return;
        }

        ReadOnlyMemory<float> asked = queries.AsMemory(0, made * dimensions);
        RowScore[][] nearest = _exact.Search(blocks, asked, new() { Top = Depth + Beyond + 1 }, cancellationToken);
        CodeScan scan = new(
            codes, codes.PrepareAll(CodeIndex.Prefixes(asked.Span, dimensions, codes.Dimensions)), made, list: null, rows, MostCandidates + Beyond + 1, accepts: null);
        scan.Run(_exact.MaxThreads, cancellationToken);
        for (int query = 0; query < made; query++)
        {
            RowScore[] others = [.. nearest[query].Where(found => found.Row != origins[query])];
            HashSet<int> passed = [origins[query], .. others.Take(Beyond).Select(found => found.Row)];
            int[] candidates = [.. scan.Found(query).Take(0).Select(candidate => candidate.Row).Where(row => !passed.Contains(row))];
            Count(asked.Slice(query * dimensions, dimensions), [.. others.Skip(Beyond).Take(Depth)], candidates);
        }
    }

    /// <summary>Takes a row for a query; false where zeros or what is not finite say nothing.</summary>
    private bool IsOfUse(int row, Span<float> query)
    {
        _reader.Read(row).CopyTo(query);
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
