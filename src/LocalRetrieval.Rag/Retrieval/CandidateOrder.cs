namespace LocalRetrieval.Rag;

/// <summary>Gives candidates their final scores, and their order.</summary>
internal static class CandidateOrder
{
    /// <summary>Sets the final scores and what they are made of, and returns the candidates best first; equal scores keep their order, NaN is last.</summary>
    /// <param name="candidates">The candidates, those first that the generators together found first.</param>
    /// <param name="stages">The names of the stages that were asked, generators first, with their weights.</param>
    /// <param name="deciding">The stage that decides where a sum says nothing.</param>
    /// <param name="options">The order.</param>
    public static RetrievalCandidate<TRecord>[] Sort<TRecord>(
        IReadOnlyList<RetrievalCandidate<TRecord>> candidates, IReadOnlyList<(string Stage, double Weight)> stages, string deciding, PassageRetrieverOptions<TRecord> options)
        where TRecord : class
    {
        if ((options.OrderStage ?? (stages.Count == 1 ? stages[0].Stage : null)) is { } single)
        {
            OrderByOne(candidates, single, stages.Count == 1 ? ScoresOf(candidates, single) : KnownScoresOf(candidates, single));
        }
        else if (options.Order == FinalOrder.ReciprocalRanks)
        {
            OrderByRanks(candidates, stages);
        }
        else if (!TryOrderByStandardScores(candidates, stages))
        {
            OrderByOne(candidates, deciding, KnownScoresOf(candidates, deciding));
        }

        // Of what can be compared, NaN is the least.
        return [.. candidates.OrderByDescending(candidate => candidate.Score)];
    }

    /// <summary>The scores of a stage, the least one where it gave none.</summary>
    public static double[] KnownScoresOf<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, string stage)
        where TRecord : class => StandardScores.FillMissing(ScoresOf(candidates, stage));

    private static void OrderByOne<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, string stage, double[] scores)
        where TRecord : class
    {
        for (int index = 0; index < scores.Length; index++)
        {
            candidates[index].Order([new StageContribution { Stage = stage, Weight = 1, Value = scores[index] }]);
        }
    }

    private static void OrderByRanks<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, IReadOnlyList<(string Stage, double Weight)> stages)
        where TRecord : class
    {
        foreach (RetrievalCandidate<TRecord> candidate in candidates)
        {
            candidate.Order([.. stages.Select(stage => new StageContribution
            {
                Stage = stage.Stage,
                Weight = stage.Weight,
                Value = candidate.Stage(stage.Stage) is { Rank: > 0 } score ? stage.Weight / (RankFusion.DefaultRankConstant + score.Rank) : 0,
            })]);
        }
    }

    /// <returns>False, with nothing done, where no stage with a weight tells the candidates apart.</returns>
    private static bool TryOrderByStandardScores<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, IReadOnlyList<(string Stage, double Weight)> stages)
        where TRecord : class
    {
        double[]?[] standards = [.. stages.Select(stage => StandardScores.Of(KnownScoresOf(candidates, stage.Stage)))];
        if (!stages.Zip(standards).Any(pair => pair.First.Weight > 0 && pair.Second is not null))
        {
            return false;
        }

        for (int index = 0; index < candidates.Count; index++)
        {
            candidates[index].Order([.. stages.Select((stage, place) => Weigh(stage, standards[place]?[index] ?? 0))]);
        }

        return true;
    }

    private static StageContribution Weigh((string Stage, double Weight) stage, double standard) =>
        new() { Stage = stage.Stage, Weight = stage.Weight, Standard = standard, Value = stage.Weight * standard };

    private static double[] ScoresOf<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, string stage)
        where TRecord : class => [.. candidates.Select(candidate => candidate.Stage(stage)?.Score ?? double.NaN)];
}
