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
        foreach ((string? collection, string key) in KeysOf(result, asked))
        {
            passages.Add(await FindAsync(collection, key, request, result, cancellationToken).ConfigureAwait(false));
        }

        ExplainedPassage<TRecord>[] known = [.. passages.Where(passage => passage.Passage is not null)];
        await MatchAsync(request, known, cancellationToken).ConfigureAwait(false);
        foreach (ExplainedPassage<TRecord> passage in known)
        {
            if (passage.Outcome != PassageOutcome.Returned)
            {
                await AskAsync(passage, request, asked, rerank, cancellationToken).ConfigureAwait(false);
            }
        }

        return [.. passages.Select(passage => passage.ToExplanation())];
    }

    /// <summary>The keys to explain: those that are returned, of their collections, and those that are asked for, of any.</summary>
    private static IEnumerable<(string? Collection, string Key)> KeysOf(RetrievalResult<TRecord> result, RetrievalOptions asked)
    {
        HashSet<string> returned = [.. result.Passages.Select(passage => passage.Key)];
        return [
            .. result.Passages.Select(passage => (passage.Collection, passage.Key)).Distinct(),
            .. (asked.Explain ?? []).Distinct().Where(key => !returned.Contains(key)).Select(key => ((string?)null, key)),
        ];
    }

    private async Task<ExplainedPassage<TRecord>> FindAsync(
        string? collection, string key, CandidateRequest<TRecord> request, RetrievalResult<TRecord> result, CancellationToken cancellationToken)
    {
        int found = 1 + result.Candidates.TakeWhile(candidate => !IsIt(candidate)).Count();
        int? foundRank = found > result.Candidates.Count ? null : found;
        if (result.Passages.FirstOrDefault(IsIt) is { } returned)
        {
            return new ExplainedPassage<TRecord>(key, PassageOutcome.Returned) { Passage = returned, FoundRank = foundRank };
        }

        if (foundRank is not null && result.Candidates[found - 1] is RetrievedPassage<TRecord> candidate)
        {
            return new ExplainedPassage<TRecord>(key, PassageOutcome.Omitted) { Passage = candidate, FoundRank = foundRank, Reason = candidate.Omission };
        }

        return await LookUpAsync(key, request, cancellationToken).ConfigureAwait(false) is { } stored
            ? new ExplainedPassage<TRecord>(key, PassageOutcome.NotFound) { Passage = mapping.ToPassage(stored, rank: 0) }
            : new ExplainedPassage<TRecord>(key, PassageOutcome.Unknown) { Reason = UnknownReason };

        bool IsIt(RetrievedPassage passage) => passage.Key == key && (collection is null || passage.Collection == collection);
    }

    /// <summary>The passage as the first of the collections that has it stores it.</summary>
    private async Task<RetrievalCandidate<TRecord>?> LookUpAsync(string key, CandidateRequest<TRecord> request, CancellationToken cancellationToken)
    {
        foreach ((string collection, IRecordLookup<TRecord> lookup) in plan.Lookups)
        {
            if (await lookup.FindAsync(key, request.Filter, cancellationToken).ConfigureAwait(false) is { } record)
            {
                return CandidateOf(collection, record, double.NaN);
            }
        }

        return null;
    }

    private RetrievalCandidate<TRecord> CandidateOf(string collection, TRecord record, double score) =>
        new(collection, record, mapping.Key(record), mapping.EmbeddedText(record)) { Score = score };

    private async Task MatchAsync(CandidateRequest<TRecord> request, ExplainedPassage<TRecord>[] known, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, ExplainedPassage<TRecord>> passages in known.GroupBy(passage => passage.Passage!.Collection!))
        {
            if (plan.Generators.Select(stage => stage.For(passages.Key)).OfType<IKeywordMatchStage<TRecord>>().FirstOrDefault() is not { } words)
            {
                continue;
            }

            IReadOnlyList<IReadOnlyList<KeywordMatch>?> matches = await words.MatchAsync(request, [.. passages.Select(passage => passage.Passage!.Record)], cancellationToken).ConfigureAwait(false);
            foreach ((ExplainedPassage<TRecord> passage, IReadOnlyList<KeywordMatch>? matched) in passages.Zip(matches))
            {
                passage.Matches = matched;
            }
        }
    }

    /// <summary>Asks the stages that did not see a passage.</summary>
    private async Task AskAsync(ExplainedPassage<TRecord> passage, CandidateRequest<TRecord> request, RetrievalOptions asked, bool rerank, CancellationToken cancellationToken)
    {
        if (passage.Outcome == PassageOutcome.NotFound)
        {
            int given = Math.Max(request.Top, asked.Candidates ?? options.Candidates);
            foreach (GeneratorStage<TRecord> stage in plan.GeneratorsFor(options.OrderStage))
            {
                await AskAsync(passage, stage, request, given, cancellationToken).ConfigureAwait(false);
            }
        }

        RetrievalCandidate<TRecord> candidate = CandidateOf(passage.Passage!.Collection!, passage.Passage.Record, score: 0);
        foreach (ICandidateReranker<TRecord> reranker in rerank ? plan.Rerankers.Where(reranker => passage.Passage.Stage(reranker.Name) is null) : [])
        {
            if ((await reranker.ScoreAsync(request, [candidate], cancellationToken).ConfigureAwait(false)) is [{ } score])
            {
                passage.Asked.Add(new StageScore { Stage = reranker.Name, Score = score, Rank = 0 });
            }
        }
    }

    private async Task AskAsync(ExplainedPassage<TRecord> passage, GeneratorStage<TRecord> stage, CandidateRequest<TRecord> request, int given, CancellationToken cancellationToken)
    {
        if (stage.For(passage.Passage!.Collection!) is not { } generator)
        {
            return;
        }

        double? score = await generator.ScoreAsync(request, [passage.Passage.Record], cancellationToken).ConfigureAwait(false) is [{ } known] ? known : null;
        (int rank, double? found, int depth) = score == 0 && generator is IKeywordMatchStage<TRecord>
            ? (0, null, 0)
            : await FindDepthAsync(passage.Passage, stage, request, given, cancellationToken).ConfigureAwait(false);
        if ((score ?? found) is { } value)
        {
            passage.Asked.Add(new StageScore { Stage = generator.Name, Score = value, Rank = rank });
        }

        passage.NotFoundBy(generator.Name, rank, depth, given);
    }

    /// <summary>At which place a stage gives a passage if it is asked for more and more.</summary>
    private async Task<(int Rank, double? Score, int Depth)> FindDepthAsync(
        RetrievedPassage<TRecord> passage, GeneratorStage<TRecord> stage, CandidateRequest<TRecord> request, int given, CancellationToken cancellationToken)
    {
        int depth = given;
        IReadOnlyList<FoundRecord<TRecord>> found;
        do
        {
            depth = Math.Max(given, Math.Min(ExplainedPassage<TRecord>.MaxDepth, depth * 4));
            found = await stage.FindAsync(request, depth, new StageRunner(), cancellationToken).ConfigureAwait(false);
            for (int index = 0; index < found.Count; index++)
            {
                if (found[index].Collection == passage.Collection && mapping.Key(found[index].Scored.Record) == passage.Key)
                {
                    return (index + 1, found[index].Scored.Score, depth);
                }
            }
        }
        while (found.Count >= depth && depth < ExplainedPassage<TRecord>.MaxDepth);

        return (0, null, found.Count < depth ? 0 : depth);
    }
}
