namespace LocalRetrieval.Rag;

/// <summary>Gives candidates their final scores, and their order.</summary>
internal static class CandidateOrder
{
    /// <summary>Sets the final scores and returns the candidates best first; equal scores keep their order, NaN is last.</summary>
    /// <param name="candidates">The candidates, those first that the generators together found first.</param>
    /// <param name="stages">The names of the stages that were asked, generators first, with their weights.</param>
    /// <param name="deciding">The stage that decides where a sum says nothing.</param>
    /// <param name="options">The order.</param>
    public static RetrievalCandidate<TRecord>[] Sort<TRecord>(
        IReadOnlyList<RetrievalCandidate<TRecord>> candidates, IReadOnlyList<(string Stage, double Weight)> stages, string deciding, PassageRetrieverOptions<TRecord> options)
        where TRecord : class
    {
        double[] scores = FinalScores(candidates, stages, deciding, options);
        for (int index = 0; index < scores.Length; index++)
        {
            candidates[index].Score = scores[index];
        }

        // Of what can be compared, NaN is the least.
        return [.. candidates.OrderByDescending(candidate => candidate.Score)];
    }

    private static double[] FinalScores<TRecord>(
        IReadOnlyList<RetrievalCandidate<TRecord>> candidates, IReadOnlyList<(string Stage, double Weight)> stages, string deciding, PassageRetrieverOptions<TRecord> options)
        where TRecord : class
    {
        string? single = options.OrderStage ?? (stages.Count == 1 ? stages[0].Stage : null);
        if (single is not null)
        {
            double[] alone = ScoresOf(candidates, single);
            return stages.Count == 1 ? alone : StandardScores.FillMissing(alone);
        }

        return options.Order == FinalOrder.ReciprocalRanks
            ? ReciprocalRanks(candidates, stages)
            : StandardScores.Sum([.. stages.Select(stage => (StandardScores.FillMissing(ScoresOf(candidates, stage.Stage)), stage.Weight))])
                ?? StandardScores.FillMissing(ScoresOf(candidates, deciding));
    }

    private static double[] ReciprocalRanks<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, IReadOnlyList<(string Stage, double Weight)> stages)
        where TRecord : class =>
        [
            .. candidates.Select(candidate => stages.Sum(
                stage => candidate.Stage(stage.Stage) is { Rank: > 0 } score ? stage.Weight / (RankFusion.DefaultRankConstant + score.Rank) : 0)),
        ];

    private static double[] ScoresOf<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, string stage)
        where TRecord : class => [.. candidates.Select(candidate => candidate.Stage(stage)?.Score ?? double.NaN)];
}
