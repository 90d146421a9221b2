namespace LocalRetrieval.Rag;

/// <summary>Selects what is returned of ordered candidates: what is good enough, chosen by the options, then by the user's selectors, then joined.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class PassageSelection<TRecord>(StagePlan<TRecord> plan, PassageMapping<TRecord> mapping, PassageRetrieverOptions<TRecord> options)
    where TRecord : class
{
    /// <summary>What is returned, best first; says why for each other candidate.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="asked">The request's options.</param>
    /// <param name="ordered">The candidates, best first.</param>
    /// <param name="reranker">The last reranker; null where nothing was reranked.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<SelectedPassages<TRecord>> SelectAsync(
        CandidateRequest<TRecord> request, RetrievalOptions? asked, RetrievalCandidate<TRecord>[] ordered, string? reranker, CancellationToken cancellationToken)
    {
        SelectionOptions selection = asked?.Selection ?? options.Selection;
        RetrievalCandidate<TRecord>[] good = Array.FindAll(ordered, candidate => IsGoodEnough(candidate, asked, reranker == RetrievalStage.Reranker));

        // Selectors choose among all; without one, no more is chosen than is returned.
        CandidateChoice<TRecord> choice = new(good, selection, mapping, plan.Records, batch: plan.Selectors.Count == 0 ? request.Top : Math.Max(1, good.Length));
        IReadOnlyList<RetrievalCandidate<TRecord>>? kept = plan.Selectors.Count == 0 ? null : await RunSelectorsAsync(request, choice, cancellationToken).ConfigureAwait(false);
        NeighborLookup<TRecord> neighbors = new(selection, mapping, plan.Records, request.Filter);
        PassageJoiner<TRecord> joiner = new(selection, mapping, neighbors, selection.TokenBudget is null ? null : selection.TokenCounter ?? plan.FindTokenCounter());
        IReadOnlyList<SelectedPassage<TRecord>> returned = await joiner.JoinAsync(
            kept?.ToAsyncEnumerable() ?? choice.ChooseAsync(cancellationToken), request.Top, cancellationToken).ConfigureAwait(false);
        RetrievalCandidate<TRecord>[] order = [.. returned.Select(passage => passage.Candidate), .. (kept ?? []).Where(candidate => !joiner.Seen.Contains(candidate)), .. choice.TakeRest()];
        Omissions.BeyondTop(order, request.Top, reranker);
        return new SelectedPassages<TRecord>(returned, order, selection.Placement, good.Length, returned.Count == request.Top);
    }

    private async Task<IReadOnlyList<RetrievalCandidate<TRecord>>> RunSelectorsAsync(
        CandidateRequest<TRecord> request, CandidateChoice<TRecord> choice, CancellationToken cancellationToken)
    {
        IReadOnlyList<RetrievalCandidate<TRecord>> kept = await choice.ChooseAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ICandidateSelector<TRecord> selector in plan.Selectors)
        {
            IReadOnlyList<RetrievalCandidate<TRecord>> before = kept;
            kept = await selector.SelectAsync(request, before, cancellationToken).ConfigureAwait(false)
                ?? throw StageFaults.GaveNull(DependencyInjection.TypeNames.Of(selector.GetType()), "a list of candidates");
            Omissions.Dropped(before, kept, selector);
        }

        return kept;
    }

    private bool IsGoodEnough(RetrievalCandidate<TRecord> candidate, RetrievalOptions? asked, bool isReranked)
    {
        candidate.Omission = Omissions.BelowVectorScore(candidate, asked?.MinimumVectorScore ?? options.MinimumVectorScore)
            ?? Omissions.BelowRerankerScore(candidate, isReranked ? asked?.MinimumRerankerScore ?? options.MinimumRerankerScore : null)
            ?? Omissions.BelowRelevance(candidate, asked?.MinimumRelevance ?? options.MinimumRelevance);
        return candidate.Omission is null;
    }
}
