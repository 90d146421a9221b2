namespace LocalRetrieval.Rag;

/// <summary>Runs the stages of a plan: finds candidates side by side, has each stage score them all, reranks the best, orders and selects.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RetrievalPipeline<TRecord>(StagePlan<TRecord> plan, PassageMapping<TRecord> mapping, PassageRetrieverOptions<TRecord> options)
    where TRecord : class
{
    /// <summary>Says why passages are returned, or are not.</summary>
    public PassageExplainer<TRecord> Explainer { get; } = new(plan, mapping, options);

    /// <summary>The candidates of a request, first those that the generators together found first, and their order.</summary>
    public async Task<RankedCandidates<TRecord>> RunAsync(
        CandidateRequest<TRecord> request, RetrievalOptions? asked, bool rerank, StageRunner stages, CancellationToken cancellationToken)
    {
        GeneratorStage<TRecord>[] generators = [.. plan.GeneratorsFor(options.OrderStage)];
        RetrievalCandidate<TRecord>[] candidates = await FindAsync(generators, request, asked, stages, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ICandidateReranker<TRecord>> rerankers = rerank && candidates.Length > 0 ? plan.Rerankers : [];
        foreach (GeneratorStage<TRecord> generator in generators)
        {
            await generator.ScoreOthersAsync(request, candidates, stages, cancellationToken).ConfigureAwait(false);
        }

        await RerankAsync(rerankers, request, [.. candidates.Take(RerankedOf(request, asked))], stages, cancellationToken).ConfigureAwait(false);
        string[] names = [.. generators.Select(generator => generator.Name), .. rerankers.Select(reranker => reranker.Name)];
        Array.ForEach(candidates, candidate => candidate.Arrange(names));
        bool hasKeywords = names.Contains(RetrievalStage.Keyword);
        bool isReranked = names.Contains(RetrievalStage.Reranker);
        RetrievalCandidate<TRecord>[] ordered = CandidateOrder.Sort(
            candidates, [.. names.Select(name => (name, options.WeightOf(name, hasKeywords, isReranked)))], deciding: rerankers.Count > 0 ? names[^1] : names[0], options);
        IReadOnlyList<RetrievalCandidate<TRecord>> selected = await stages.RunAsync(
            RetrievalStage.Selection, () => SelectAsync(request, asked, ordered, rerankers.Count > 0 ? names[^1] : null, cancellationToken)).ConfigureAwait(false);
        return new RankedCandidates<TRecord>(candidates, ordered, selected);
    }

    private async Task<RetrievalCandidate<TRecord>[]> FindAsync(
        GeneratorStage<TRecord>[] generators, CandidateRequest<TRecord> request, RetrievalOptions? asked, StageRunner stages, CancellationToken cancellationToken)
    {
        int count = Math.Max(request.Top, asked?.Candidates ?? options.Candidates);
        (GeneratorStage<TRecord> Generator, CandidateRequest<TRecord> Request)[] searches =
            [.. from asks in (IEnumerable<CandidateRequest<TRecord>>)[request, .. request.Further] from generator in generators select (generator, asks)];
        IReadOnlyList<FoundRecord<TRecord>>[] found = await Task.WhenAll(
            searches.Select(search => search.Generator.FindAsync(search.Request, count, stages, cancellationToken))).ConfigureAwait(false);
        CandidatePool<TRecord> pool = new(mapping);
        for (int index = 0; index < found.Length; index++)
        {
            pool.Add(found[index], searches[index].Request == request ? searches[index].Generator.Name : null);
        }

        return pool.Fuse();
    }

    private int RerankedOf(CandidateRequest<TRecord> request, RetrievalOptions? asked) => Math.Max(request.Top, asked?.Candidates ?? options.Reranked);

    private static async Task RerankAsync(
        IReadOnlyList<ICandidateReranker<TRecord>> rerankers, CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, StageRunner stages, CancellationToken cancellationToken)
    {
        foreach (ICandidateReranker<TRecord> reranker in rerankers)
        {
            RetrievalCandidate<TRecord>[] read = [.. candidates.Take(reranker.Count ?? candidates.Length)];
            IReadOnlyList<double?> scores = await stages.RunAsync(reranker.Name, () => reranker.ScoreAsync(request, read, cancellationToken)).ConfigureAwait(false);
            StageFaults.ThrowIfOtherCount(reranker.Name, scores.Count, read.Length);
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
        RetrievalCandidate<TRecord>[] good = Array.FindAll(ordered, candidate => IsGoodEnough(candidate, asked));

        // Selectors choose among all; without one, no more is chosen than is returned.
        int wanted = plan.Selectors.Count == 0 ? request.Top : Math.Max(request.Top, good.Length);
        CandidateChoice<TRecord> choice = new(good, asked?.Selection ?? options.Selection, mapping, plan.Records, batch: wanted);
        IReadOnlyList<RetrievalCandidate<TRecord>> kept = await choice.ChooseAsync(cancellationToken).Take(wanted).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ICandidateSelector<TRecord> selector in plan.Selectors)
        {
            IReadOnlyList<RetrievalCandidate<TRecord>> before = kept;
            kept = await selector.SelectAsync(request, before, cancellationToken).ConfigureAwait(false);
            Omissions.Dropped(before, kept, selector);
        }

        kept = [.. kept, .. choice.TakeRest()];
        Omissions.BeyondTop(kept, request.Top, reranker);
        return kept;
    }

    private bool IsGoodEnough(RetrievalCandidate<TRecord> candidate, RetrievalOptions? asked)
    {
        candidate.Omission = Omissions.BelowVectorScore(candidate, asked?.MinimumVectorScore ?? options.MinimumVectorScore)
            ?? Omissions.BelowRerankerScore(candidate, asked?.MinimumRerankerScore ?? options.MinimumRerankerScore);
        return candidate.Omission is null;
    }
}
