namespace LocalRetrieval.Rag;

/// <summary>Runs the stages of a plan: finds candidates side by side, has each stage score them all, reranks the best, orders and selects.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RetrievalPipeline<TRecord>(StagePlan<TRecord> plan, PassageMapping<TRecord> mapping, PassageRetrieverOptions<TRecord> options)
    where TRecord : class
{
    /// <summary>The candidates of a request, first those that the generators together found first, and their order.</summary>
    public async Task<RankedCandidates<TRecord>> RunAsync(
        CandidateRequest<TRecord> request, RetrievalOptions? asked, bool rerank, StageRunner stages, CancellationToken cancellationToken)
    {
        ICandidateGenerator<TRecord>[] generators = [.. plan.Generators.Where(IsAsked)];
        RetrievalCandidate<TRecord>[] candidates = await FindAsync(generators, request, asked, stages, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ICandidateReranker<TRecord>> rerankers = rerank && candidates.Length > 0 ? plan.Rerankers : [];
        foreach (ICandidateGenerator<TRecord> generator in generators)
        {
            await ScoreOthersAsync(generator, request, candidates, stages, cancellationToken).ConfigureAwait(false);
        }

        await RerankAsync(rerankers, request, [.. candidates.Take(RerankedOf(request, asked))], stages, cancellationToken).ConfigureAwait(false);
        string[] names = [.. generators.Select(generator => generator.Name), .. rerankers.Select(reranker => reranker.Name)];
        Array.ForEach(candidates, candidate => candidate.Arrange(names));
        bool hasKeywords = names.Contains(RetrievalStage.Keyword);
        bool isReranked = names.Contains(RetrievalStage.Reranker);
        RetrievalCandidate<TRecord>[] ordered = CandidateOrder.Sort(
            candidates, [.. names.Select(name => (name, options.WeightOf(name, hasKeywords, isReranked)))], deciding: rerankers.Count > 0 ? names[^1] : names[0], options);
        return new RankedCandidates<TRecord>(candidates, ordered, await SelectAsync(request, asked, ordered, rerankers.Count > 0 ? names[^1] : null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether a generator is asked: all are, unless one of them orders alone.</summary>
    private bool IsAsked(ICandidateGenerator<TRecord> generator) =>
        generator.Name == options.OrderStage || plan.Generators.All(other => other.Name != options.OrderStage);

    private async Task<RetrievalCandidate<TRecord>[]> FindAsync(
        ICandidateGenerator<TRecord>[] generators, CandidateRequest<TRecord> request, RetrievalOptions? asked, StageRunner stages, CancellationToken cancellationToken)
    {
        int count = Math.Max(request.Top, asked?.Candidates ?? options.Candidates);
        IReadOnlyList<ScoredRecord<TRecord>>[] found = await Task.WhenAll(
            generators.Select(generator => FindAsync(generator, request, count, stages, cancellationToken))).ConfigureAwait(false);
        CandidatePool<TRecord> pool = new(mapping);
        for (int index = 0; index < found.Length; index++)
        {
            pool.Add(generators[index].Name, found[index]);
        }

        return pool.Fuse();
    }

    private static async Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(
        ICandidateGenerator<TRecord> generator, CandidateRequest<TRecord> request, int count, StageRunner stages, CancellationToken cancellationToken)
    {
        if (generator is IQueryVectorStage)
        {
            await request.GetVectorAsync().ConfigureAwait(false);
        }

        return await stages.RunAsync(generator.Name, () => generator.FindAsync(request, count, cancellationToken)).ConfigureAwait(false);
    }

    private static async Task ScoreOthersAsync(
        ICandidateGenerator<TRecord> generator, CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, StageRunner stages, CancellationToken cancellationToken)
    {
        RetrievalCandidate<TRecord>[] others = Array.FindAll(candidates, candidate => candidate.Stage(generator.Name) is null);
        if (others.Length == 0)
        {
            return;
        }

        IReadOnlyList<double?> scores = await stages.RunAsync(
            generator.Name, () => generator.ScoreAsync(request, Array.ConvertAll(others, other => other.Record), cancellationToken)).ConfigureAwait(false);
        ThrowIfOtherCount(generator.Name, scores.Count, others.Length);
        for (int index = 0; index < others.Length; index++)
        {
            if (scores[index] is { } score && double.IsFinite(score))
            {
                others[index].Add(new StageScore { Stage = generator.Name, Score = score, Rank = 0 });
            }
        }
    }

    private int RerankedOf(CandidateRequest<TRecord> request, RetrievalOptions? asked) => Math.Max(request.Top, asked?.Candidates ?? options.Reranked);

    private static async Task RerankAsync(
        IReadOnlyList<ICandidateReranker<TRecord>> rerankers, CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, StageRunner stages, CancellationToken cancellationToken)
    {
        foreach (ICandidateReranker<TRecord> reranker in rerankers)
        {
            RetrievalCandidate<TRecord>[] read = [.. candidates.Take(reranker.Count ?? candidates.Length)];
            IReadOnlyList<double?> scores = await stages.RunAsync(reranker.Name, () => reranker.ScoreAsync(request, read, cancellationToken)).ConfigureAwait(false);
            ThrowIfOtherCount(reranker.Name, scores.Count, read.Length);
            candidates = Rank(reranker.Name, read, scores);
        }
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

    private async Task<IReadOnlyList<RetrievalCandidate<TRecord>>> SelectAsync(
        CandidateRequest<TRecord> request, RetrievalOptions? asked, RetrievalCandidate<TRecord>[] ordered, string? reranker, CancellationToken cancellationToken)
    {
        IReadOnlyList<RetrievalCandidate<TRecord>> kept = Array.FindAll(ordered, candidate => IsGoodEnough(candidate, asked));
        foreach (ICandidateSelector<TRecord> selector in plan.Selectors)
        {
            IReadOnlyList<RetrievalCandidate<TRecord>> before = kept;
            kept = await selector.SelectAsync(request, before, cancellationToken).ConfigureAwait(false);
            Omissions.Dropped(before, kept, selector);
        }

        Omissions.BeyondTop(kept, request.Top, reranker);
        return kept;
    }

    private bool IsGoodEnough(RetrievalCandidate<TRecord> candidate, RetrievalOptions? asked)
    {
        candidate.Omission = Omissions.BelowVectorScore(candidate, asked?.MinimumVectorScore ?? options.MinimumVectorScore)
            ?? Omissions.BelowRerankerScore(candidate, asked?.MinimumRerankerScore ?? options.MinimumRerankerScore);
        return candidate.Omission is null;
    }

    private static void ThrowIfOtherCount(string stage, int given, int asked)
    {
        if (given != asked)
        {
            throw new InvalidOperationException($"The stage '{stage}' gave {given} scores for {asked} candidates; it must give one for each, null where it has none.");
        }
    }
}
