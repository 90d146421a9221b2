namespace LocalRetrieval.Rag;

/// <summary>Says why passages are returned, or are not: out of a result, and of stages that are asked once more.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class PassageExplainer<TRecord>(StagePlan<TRecord> plan, PassageMapping<TRecord> mapping, PassageRetrieverOptions<TRecord> options)
    where TRecord : class
{
    private const string UnknownReason = "there is no passage with this key that the request may see";

    /// <summary>Explains the passages that a request returned, and those that its options ask for.</summary>
    public async Task<IReadOnlyList<PassageExplanation>> ExplainAsync(
        CandidateRequest<TRecord> request, RetrievalResult<TRecord> result, RetrievalOptions asked, bool rerank, CancellationToken cancellationToken)
    {
        List<ExplainedPassage<TRecord>> passages = [];
        foreach (string key in result.Passages.Select(passage => passage.Key).Concat(asked.Explain ?? []).Distinct())
        {
            passages.Add(await FindAsync(key, request, result, cancellationToken).ConfigureAwait(false));
        }

        ExplainedPassage<TRecord>[] known = [.. passages.Where(passage => passage.Passage is not null)];
        IReadOnlyList<IReadOnlyList<KeywordMatch>?> matches = await MatchAsync(request, [.. known.Select(passage => passage.Passage!.Record)], cancellationToken).ConfigureAwait(false);
        foreach ((ExplainedPassage<TRecord> passage, IReadOnlyList<KeywordMatch>? matched) in known.Zip(matches))
        {
            passage.Matches = matched;
            if (passage.Outcome != PassageOutcome.Returned)
            {
                await AskAsync(passage, request, asked, rerank, cancellationToken).ConfigureAwait(false);
            }
        }

        return [.. passages.Select(passage => passage.ToExplanation())];
    }

    private async Task<ExplainedPassage<TRecord>> FindAsync(string key, CandidateRequest<TRecord> request, RetrievalResult<TRecord> result, CancellationToken cancellationToken)
    {
        int found = 1 + result.Candidates.TakeWhile(candidate => candidate.Key != key).Count();
        int? foundRank = found > result.Candidates.Count ? null : found;
        if (result.Passages.FirstOrDefault(passage => passage.Key == key) is { } returned)
        {
            return new ExplainedPassage<TRecord>(key, PassageOutcome.Returned) { Passage = returned, FoundRank = foundRank };
        }

        if (foundRank is not null && result.Candidates[found - 1] is RetrievedPassage<TRecord> candidate)
        {
            return new ExplainedPassage<TRecord>(key, PassageOutcome.Omitted) { Passage = candidate, FoundRank = foundRank, Reason = candidate.Omission };
        }

        TRecord? record = await plan.Lookup.FindAsync(key, request.Filter, cancellationToken).ConfigureAwait(false);
        return record is null
            ? new ExplainedPassage<TRecord>(key, PassageOutcome.Unknown) { Reason = UnknownReason }
            : new ExplainedPassage<TRecord>(key, PassageOutcome.NotFound) { Passage = mapping.ToPassage(CandidateOf(record, double.NaN), rank: 0) };
    }

    private RetrievalCandidate<TRecord> CandidateOf(TRecord record, double score) => new(record, mapping.Key(record), mapping.EmbeddedText(record)) { Score = score };

    private async Task<IReadOnlyList<IReadOnlyList<KeywordMatch>?>> MatchAsync(CandidateRequest<TRecord> request, TRecord[] records, CancellationToken cancellationToken) =>
        records.Length > 0 && plan.Generators.OfType<IKeywordMatchStage<TRecord>>().FirstOrDefault() is { } words
            ? await words.MatchAsync(request, records, cancellationToken).ConfigureAwait(false)
            : new IReadOnlyList<KeywordMatch>?[records.Length];

    /// <summary>Asks the stages that did not see a passage.</summary>
    private async Task AskAsync(ExplainedPassage<TRecord> passage, CandidateRequest<TRecord> request, RetrievalOptions asked, bool rerank, CancellationToken cancellationToken)
    {
        if (passage.Outcome == PassageOutcome.NotFound)
        {
            int given = Math.Max(request.Top, asked.Candidates ?? options.Candidates);
            foreach (ICandidateGenerator<TRecord> generator in plan.GeneratorsFor(options.OrderStage))
            {
                await AskAsync(passage, generator, request, given, cancellationToken).ConfigureAwait(false);
            }
        }

        RetrievalCandidate<TRecord> candidate = CandidateOf(passage.Passage!.Record, score: 0);
        foreach (ICandidateReranker<TRecord> reranker in rerank ? plan.Rerankers.Where(reranker => passage.Passage.Stage(reranker.Name) is null) : [])
        {
            if ((await reranker.ScoreAsync(request, [candidate], cancellationToken).ConfigureAwait(false)) is [{ } score])
            {
                passage.Asked.Add(new StageScore { Stage = reranker.Name, Score = score, Rank = 0 });
            }
        }
    }

    private async Task AskAsync(ExplainedPassage<TRecord> passage, ICandidateGenerator<TRecord> generator, CandidateRequest<TRecord> request, int given, CancellationToken cancellationToken)
    {
        double? score = await generator.ScoreAsync(request, [passage.Passage!.Record], cancellationToken).ConfigureAwait(false) is [{ } known] ? known : null;
        (int rank, double? found, int depth) = score == 0 && generator is IKeywordMatchStage<TRecord>
            ? (0, null, 0)
            : await FindDepthAsync(passage.Key, generator, request, given, cancellationToken).ConfigureAwait(false);
        if ((score ?? found) is { } value)
        {
            passage.Asked.Add(new StageScore { Stage = generator.Name, Score = value, Rank = rank });
        }

        passage.NotFoundBy(generator.Name, rank, depth, given);
    }

    /// <summary>At which place a generator gives a passage if it is asked for more and more.</summary>
    private async Task<(int Rank, double? Score, int Depth)> FindDepthAsync(
        string key, ICandidateGenerator<TRecord> generator, CandidateRequest<TRecord> request, int given, CancellationToken cancellationToken)
    {
        int depth = given;
        IReadOnlyList<ScoredRecord<TRecord>> found;
        do
        {
            depth = Math.Max(given, Math.Min(ExplainedPassage<TRecord>.MaxDepth, depth * 4));
            found = await generator.FindAsync(request, depth, cancellationToken).ConfigureAwait(false);
            for (int index = 0; index < found.Count; index++)
            {
                if (mapping.Key(found[index].Record) == key)
                {
                    return (index + 1, found[index].Score, depth);
                }
            }
        }
        while (found.Count >= depth && depth < ExplainedPassage<TRecord>.MaxDepth);

        return (0, null, found.Count < depth ? 0 : depth);
    }
}
