namespace LocalRetrieval.Rag;

/// <summary>Has rerankers score the best candidates, one after another, each over the best of the one before.</summary>
/// <param name="rerankers">The rerankers, in the order in which they run.</param>
/// <param name="weighted">The names of all stages of the retrieval, with their weights.</param>
/// <param name="stopsEarly">Whether the last one stops once the rest cannot come among the first.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RerankingStages<TRecord>(
    IReadOnlyList<ICandidateReranker<TRecord>> rerankers, IReadOnlyList<(string Stage, double Weight)> weighted, bool stopsEarly)
    where TRecord : class
{
    /// <summary>Adds the rerankers' scores to the first <paramref name="count"/> candidates.</summary>
    public async Task RunAsync(
        CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, int count, StageRunner stages, CancellationToken cancellationToken)
    {
        RetrievalCandidate<TRecord>[] best = [.. candidates.Take(count)];
        foreach (ICandidateReranker<TRecord> reranker in rerankers)
        {
            RetrievalCandidate<TRecord>[] read = [.. best.Take(reranker.Count ?? best.Length)];
            IReadOnlyList<double?> scores = await stages.RunAsync(reranker.Name, () => ScoreAsync(reranker, request, candidates, read, cancellationToken), scored => scored.Count(score => score is not null)).ConfigureAwait(false);
            StageFaults.ThrowIfOtherCount(reranker.Name, scores.Count, read.Length);
            best = Rank(reranker.Name, read, scores);
        }
    }

    private Task<IReadOnlyList<double?>> ScoreAsync(
        ICandidateReranker<TRecord> reranker, CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, RetrievalCandidate<TRecord>[] read, CancellationToken cancellationToken) =>
        stopsEarly && reranker == rerankers[^1] && reranker is IStoppableReranker<TRecord> stoppable
            ? stoppable.ScoreAsync(request, read, StopOf(reranker, candidates, read, request.Top).IsEnough, cancellationToken)
            : reranker.ScoreAsync(request, read, cancellationToken);

    private EarlyStop StopOf(ICandidateReranker<TRecord> reranker, RetrievalCandidate<TRecord>[] candidates, RetrievalCandidate<TRecord>[] read, int top)
    {
        Dictionary<RetrievalCandidate<TRecord>, double> sums = new(ReferenceEqualityComparer.Instance);
        foreach ((string stage, double weight) in weighted.Where(stage => stage.Stage != reranker.Name))
        {
            double[]? standards = StandardScores.Of(CandidateOrder.KnownScoresOf(candidates, stage));
            for (int index = 0; index < candidates.Length; index++)
            {
                sums[candidates[index]] = sums.GetValueOrDefault(candidates[index]) + (weight * (standards?[index] ?? 0));
            }
        }

        double weightOfReranker = weighted.First(stage => stage.Stage == reranker.Name).Weight;
        return new EarlyStop(Array.ConvertAll(read, candidate => sums.GetValueOrDefault(candidate)), candidates.Length - read.Length, weightOfReranker, top);
    }

    /// <summary>Writes the scores down; gives the candidates by them, those without a score last.</summary>
    private static RetrievalCandidate<TRecord>[] Rank(string stage, RetrievalCandidate<TRecord>[] candidates, IReadOnlyList<double?> scores)
    {
        (RetrievalCandidate<TRecord> Candidate, double? Score)[] ranked = [.. candidates.Zip(scores).OrderByDescending(pair => pair.Second ?? double.NegativeInfinity)];
        int rank = 0;
        foreach ((RetrievalCandidate<TRecord> candidate, double? score) in ranked)
        {
            if (score is { } known && double.IsFinite(known))
            {
                candidate.Add(new StageScore { Stage = stage, Score = known, Rank = ++rank });
            }
        }

        return Array.ConvertAll(ranked, pair => pair.Candidate);
    }
}
