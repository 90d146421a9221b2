namespace LocalRetrieval.Rag;

/// <summary>Has rerankers score the best candidates of one request, one after another, each over the best of the one before.</summary>
/// <param name="rerankers">The rerankers, in the order in which they run.</param>
/// <param name="weighted">The names of all stages of the retrieval, with their weights.</param>
/// <param name="stopsEarly">Whether the last one stops once the rest cannot come among the first.</param>
internal sealed class RerankingStages<TRecord>(
    IReadOnlyList<ICandidateReranker<TRecord>> rerankers, IReadOnlyList<(string Stage, double Weight)> weighted, bool stopsEarly)
    where TRecord : class
{
    private RetrievalCandidate<TRecord>[] _read = [];
    private IReadOnlyList<double?> _scores = [];
    private EarlyStop? _stop;
    private TimeSpan _spent;

    /// <summary>Whether the last reranker left out candidates that could not come among the first.</summary>
    public bool HasStopped => _stop?.HasStopped == true;

    /// <summary>Adds the rerankers' scores to the first <paramref name="count"/> candidates.</summary>
    public async Task RunAsync(
        CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, int count, StageRunner stages, CancellationToken cancellationToken)
    {
        RetrievalCandidate<TRecord>[] best = [.. candidates.Take(count)];
        foreach (ICandidateReranker<TRecord> reranker in rerankers)
        {
            _read = [.. best.Take(reranker.Count ?? best.Length)];
            _scores = await RunAsync(reranker, () => ScoreAsync(reranker, request, candidates, cancellationToken), _read.Length, stages).ConfigureAwait(false);
            best = Rank(reranker.Name, _read, _scores);
            _spent = stages.Timings.Last(timing => timing.Stage == reranker.Name).Elapsed;
        }
    }

    /// <summary>Has the last reranker read what it left out.</summary>
    public async Task ReadRestAsync(CandidateRequest<TRecord> request, StageRunner stages, CancellationToken cancellationToken)
    {
        ICandidateReranker<TRecord> last = rerankers[^1];
        int[] left = [.. Enumerable.Range(0, _read.Length).Where(index => _scores[index] is null)];
        RetrievalCandidate<TRecord>[] unread = Array.ConvertAll(left, index => _read[index]);
        IReadOnlyList<double?> scores = await RunAsync(
            last, () => ((IStoppableReranker<TRecord>)last).ScoreAsync(request, unread, _spent, isEnough: static _ => false, cancellationToken), unread.Length, stages).ConfigureAwait(false);
        double?[] all = [.. _scores];
        for (int index = 0; index < left.Length; index++)
        {
            all[left[index]] = scores[index];
        }

        Array.ForEach(_read, candidate => candidate.Remove(last.Name));
        Rank(last.Name, _read, all);
        _stop = null;
    }

    private static async Task<IReadOnlyList<double?>> RunAsync(ICandidateReranker<TRecord> reranker, Func<Task<IReadOnlyList<double?>>> score, int count, StageRunner stages)
    {
        IReadOnlyList<double?> scores = await stages.RunAsync(
            reranker.Name, async () => await score().ConfigureAwait(false) ?? throw StageFaults.GaveNull(reranker.Name, "a list of scores"), scored => scored.Count(score => score is not null)).ConfigureAwait(false);
        StageFaults.ThrowIfOtherCount(reranker.Name, scores.Count, count);
        return scores;
    }

    private Task<IReadOnlyList<double?>> ScoreAsync(
        ICandidateReranker<TRecord> reranker, CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, CancellationToken cancellationToken)
    {
        if (!stopsEarly || reranker != rerankers[^1] || reranker is not IStoppableReranker<TRecord> stoppable)
        {
            return reranker.ScoreAsync(request, _read, cancellationToken);
        }

        _stop = StopOf(reranker, candidates, request.Top);
        return stoppable.ScoreAsync(request, _read, TimeSpan.Zero, _stop.IsEnough, cancellationToken);
    }

    private EarlyStop StopOf(ICandidateReranker<TRecord> reranker, RetrievalCandidate<TRecord>[] candidates, int top)
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
        return new EarlyStop(Array.ConvertAll(_read, candidate => sums.GetValueOrDefault(candidate)), candidates.Length - _read.Length, weightOfReranker, top);
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
