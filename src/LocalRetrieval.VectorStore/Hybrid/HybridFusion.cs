using System.Diagnostics;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Hybrid;

/// <summary>Makes one list out of what vectors and keywords find, as the options were when the store was made.</summary>
internal sealed class HybridFusion(HybridFusionOptions options)
{
    private readonly HybridFusionMethod _method = options.Method;
    private readonly int _rankConstant = options.RankConstant;
    private readonly double[] _weights = options.FindFault() is { } fault ? throw new ArgumentException(fault, nameof(options)) : [options.VectorWeight, options.KeywordWeight];
    private readonly int _candidates = options.Candidates;

    /// <summary>How many rows each list needs for a page that ends at <paramref name="last"/>.</summary>
    public int CountOf(int last) => Math.Max(_candidates, last);

    /// <summary>Fuses two lists, each best first.</summary>
    /// <returns>All rows of both with their fused scores, highest first.</returns>
    public IEnumerable<RowScore> Fuse(RowScore[] vectors, RowScore[] keywords, VectorMeasure measure)
    {
        IReadOnlyList<ScoredKey<int>> fused = _method switch
        {
            HybridFusionMethod.ReciprocalRank => RankFusion.ReciprocalRank([Rows(vectors), Rows(keywords)], _rankConstant, _weights),
            HybridFusionMethod.MinMax => RankFusion.MinMax([Scores(vectors, measure.HigherIsNearer ? 1 : -1), Scores(keywords, 1)], _weights),
            _ => throw new UnreachableException($"The method {_method} is not known."),
        };
        return fused.Select(found => new RowScore(found.Key, found.Score));
    }

    private static int[] Rows(RowScore[] found) => Array.ConvertAll(found, row => row.Row);

    private static ScoredKey<int>[] Scores(RowScore[] found, int sign) => Array.ConvertAll(found, row => new ScoredKey<int>(row.Row, sign * row.Score));
}
