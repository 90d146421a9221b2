namespace LocalRetrieval.Rag;

/// <summary>Runs the stages of a plan: finds candidates side by side, has each stage score them all, reranks the best, orders and selects.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RetrievalPipeline<TRecord>(StagePlan<TRecord> plan, PassageMapping<TRecord> mapping, PassageRetrieverOptions<TRecord> options)
    where TRecord : class
{
    private readonly PassageSelection<TRecord> _selection = new(plan, mapping, options);

    /// <summary>Says why passages are returned, or are not.</summary>
    public PassageExplainer<TRecord> Explainer { get; } = new(plan, mapping, options);

    /// <summary>Reads whole sources.</summary>
    public SourceLookup<TRecord> Sources { get; } = new(plan, mapping);

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

        string[] names = [.. generators.Select(generator => generator.Name), .. rerankers.Select(reranker => reranker.Name)];
        (string Stage, double Weight)[] weighted = Weigh(names);
        RerankingStages<TRecord> reranking = new(rerankers, weighted, options.StopRerankingEarly);
        await reranking.RunAsync(request, candidates, RerankedOf(request, asked), stages, cancellationToken).ConfigureAwait(false);
        RankedCandidates<TRecord> ranked = await SelectAsync(request, asked, candidates, weighted, rerankers.Count > 0 ? names[^1] : null, stages, cancellationToken).ConfigureAwait(false);
        if (!reranking.HasStopped || ranked.AreFirst)
        {
            return ranked;
        }

        // Selection took others than the first, and so may have come to what the reranker left out.
        await reranking.ReadRestAsync(request, stages, cancellationToken).ConfigureAwait(false);
        Array.ForEach(candidates, candidate => candidate.Unselect());
        return await SelectAsync(request, asked, candidates, weighted, names[^1], stages, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Orders the candidates by what the stages said, and selects.</summary>
    private async Task<RankedCandidates<TRecord>> SelectAsync(
        CandidateRequest<TRecord> request, RetrievalOptions? asked, RetrievalCandidate<TRecord>[] candidates, (string Stage, double Weight)[] weighted, string? reranker, StageRunner stages, CancellationToken cancellationToken)
    {
        string[] names = Array.ConvertAll(weighted, stage => stage.Stage);
        Array.ForEach(candidates, candidate => candidate.Arrange(names));
        RetrievalCandidate<TRecord>[] ordered = CandidateOrder.Sort(candidates, weighted, deciding: reranker ?? names[0], options);
        await RateAsync(names, asked, candidates, cancellationToken).ConfigureAwait(false);
        SelectedPassages<TRecord> selected = await stages.RunAsync(
            RetrievalStage.Selection, () => _selection.SelectAsync(request, asked, ordered, reranker, cancellationToken), kept => kept.Returned.Count).ConfigureAwait(false);
        return new RankedCandidates<TRecord>(candidates, ordered, selected);
    }

    private (string Stage, double Weight)[] Weigh(string[] names)
    {
        bool hasKeywords = names.Contains(RetrievalStage.Keyword);
        bool isReranked = names.Contains(RetrievalStage.Reranker);
        return Array.ConvertAll(names, name => (name, options.WeightOf(name, hasKeywords, isReranked)));
    }

    /// <summary>Gives the candidates their probabilities, where there is a model for these stages.</summary>
    /// <exception cref="InvalidOperationException">There is none, and a probability is asked for.</exception>
    private async Task RateAsync(string[] names, RetrievalOptions? asked, RetrievalCandidate<TRecord>[] candidates, CancellationToken cancellationToken)
    {
        if (candidates.Length == 0)
        {
            return;
        }

        RelevanceModel? model = (asked?.MinimumRelevance ?? options.MinimumRelevance) > 0
            ? await plan.Relevance.RequireAsync(names, cancellationToken).ConfigureAwait(false)
            : await plan.Relevance.TryFindAsync(names, cancellationToken).ConfigureAwait(false);
        if (model is not null)
        {
            RelevanceScale.Apply(model, candidates);
        }
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
}
