using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Chooses how many rows are to be found by codes so that a share of what an exact search finds is among them, by trying it on the index's own vectors.</summary>
/// <remarks>
/// Rows are no queries: each lies upon itself and beside what is nearly the same, as texts that overlap are, while what questions seek is at a distance at which many rows compete. So there are trials of two kinds,
/// and whichever needs more counts: a row moved by half of the difference of two others, without itself, as where rows lie in small clusters; and a row from which its nearest ones are taken as if
/// they were not there, so that those behind them are sought. Over a million runs of words, of which each overlaps with some twenty others, the first kind alone had questions find .83 of .95, and the second .97.
/// The same rows and seed give the same choice.
/// </remarks>
internal sealed class OversamplingChoice(VectorMeasure measure, int dimensions, RowCodes codes, RowBlock[] blocks, VectorIndexOptions options)
{
    /// <summary>How many rows each trial is to find.</summary>
    public const int Depth = 10;

    // How many of the nearest rows a trial of the second kind passes over.
    private const int Beyond = 32;

    private const int TrialsOfKind = 128;
    private const int MostCandidates = Depth * VectorIndexOptions.MaxOversampling;

    // Of what the target leaves to be missed, which part is kept in hand: some trials are no more exact.
    private const double Margin = 0.4;

    private readonly ExactSearch _exact = new(measure, dimensions) { MaxThreads = Math.Min(options.UsedBuildThreads, Environment.ProcessorCount) };
    private readonly RowReader _reader = new(blocks, dimensions);
    private readonly OversamplingTrials _moved = new(MostCandidates);
    private readonly OversamplingTrials _beyond = new(MostCandidates);

    /// <summary>Measures and chooses.</summary>
    /// <param name="rows">How many rows are searched.</param>
    /// <param name="cancellationToken">Ends it; nothing is chosen then.</param>
    /// <returns>The choice; null where the rows say nothing, as zeros do.</returns>
    public Oversampling? Choose(int rows, CancellationToken cancellationToken)
    {
        Random random = new(unchecked((options.Seed * 397) ^ rows));
        for (int first = 0; first < TrialsOfKind; first += ExactSearch.QueriesAtOnce)
        {
            Try(_moved, beyond: 0, (row, query) => Move(row, random.Next(rows), random.Next(rows), random, query), rows, random, cancellationToken);
            Try(_beyond, Beyond, Take, rows, random, cancellationToken);
        }

        return _moved.IsEmpty && _beyond.IsEmpty ? null : Choose(rows);
    }

    private Oversampling Choose(int rows)
    {
        double target = options.TargetRecall + (Margin * (1 - options.TargetRecall));
        int candidates = Math.Max(_moved.CandidatesFor(target, Depth), _beyond.CandidatesFor(target, Depth));
        return new Oversampling(candidates / (double)Depth, IsChosen: true, rows, Math.Min(_moved.RecallWith(candidates), _beyond.RecallWith(candidates)));
    }

    private void Try(OversamplingTrials trials, int beyond, MakeQuery make, int rows, Random random, CancellationToken cancellationToken)
    {
        const int Count = ExactSearch.QueriesAtOnce;
        float[] queries = new float[Count * dimensions];
        int[] origins = new int[Count];
        int made = 0;
        for (int attempt = 0; attempt < 4 * Count && made < Count; attempt++)
        {
            origins[made] = random.Next(rows);
            made += make(origins[made], queries.AsSpan(made * dimensions, dimensions)) ? 1 : 0;
        }

        if (made == 0)
        {
            return;
        }

        ReadOnlyMemory<float> asked = queries.AsMemory(0, made * dimensions);
        RowScore[][] nearest = _exact.Search(blocks, asked, new() { Top = Depth + beyond + 1 }, cancellationToken);
        using CodeScan scan = new(
            codes, codes.PrepareAll(CodeIndex.Prefixes(asked.Span, dimensions, codes.Dimensions)), made, list: null, rows, MostCandidates + beyond + 1, accepts: null);
        scan.Run(_exact.MaxThreads, cancellationToken);
        for (int query = 0; query < made; query++)
        {
            RowScore[] others = [.. nearest[query].Where(found => found.Row != origins[query])];
            HashSet<int> passed = [origins[query], .. others.Take(beyond).Select(found => found.Row)];
            int[] candidates = [.. scan.Found(query).Take(0).Select(candidate => candidate.Row).Where(row => !passed.Contains(row))];
            CountHits(trials, asked.Slice(query * dimensions, dimensions), [.. others.Skip(beyond).Take(Depth)], candidates);
        }
    }

    private bool Take(int row, Span<float> query)
    {
        _reader.Read(row).CopyTo(query);
        return MovedRow.IsOfUse(query);
    }

    private bool Move(int row, int from, int to, Random random, Span<float> query) =>
        MovedRow.TryMake(measure, _reader.Read(row).ToArray(), _reader.Read(from).ToArray(), _reader.Read(to), random, query);

    /// <summary>Counts at which ranks by codes the rows are that an exact search finds. Rows as near as the last of these are as good.</summary>
    private void CountHits(OversamplingTrials trials, ReadOnlyMemory<float> query, RowScore[] nearest, int[] candidates)
    {
        if (nearest.Length == 0 || candidates.Length == 0)
        {
            return;
        }

        double worst = nearest[^1].Score;
        RowScore[] scores = _exact.SearchRows(blocks, candidates.Order().ToArray(), query, new() { Top = candidates.Length })[0];
        HashSet<int> good = [.. scores.Where(score => measure.Passes(score.Score, worst)).Select(score => score.Row)];
        trials.Count(candidates, good, nearest.Length);
    }

    /// <summary>Makes a query of a row; false where it is of no use.</summary>
    private delegate bool MakeQuery(int row, Span<float> query);
}
