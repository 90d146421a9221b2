namespace LocalRetrieval.Rag;

/// <summary>The generators of one name: one for all that is searched, or one for each of several collections, whose results are one list by their scores.</summary>
/// <param name="name">Their name.</param>
/// <param name="generators">The generators.</param>
/// <param name="only">The name of the only collection; null where there are several, of which each generator names one.</param>
internal sealed class GeneratorStage<TRecord>(string name, IReadOnlyList<ICandidateGenerator<TRecord>> generators, string? only)
    where TRecord : class
{
    public string Name => name;

    /// <summary>The generator that scores records of a collection; null where there is none.</summary>
    public ICandidateGenerator<TRecord>? For(string collection) => generators.FirstOrDefault(generator => CollectionOf(generator) == collection);

    /// <summary>The best of what all of them found, best first.</summary>
    public async Task<IReadOnlyList<FoundRecord<TRecord>>> FindAsync(CandidateRequest<TRecord> request, int count, StageRunner stages, CancellationToken cancellationToken)
    {
        if (generators.Any(generator => generator is IQueryVectorStage))
        {
            await request.GetVectorAsync().ConfigureAwait(false);
        }

        FoundRecord<TRecord>[][] found = await stages.RunAsync(
            name, () => Task.WhenAll(generators.Select(generator => FindAsync(generator, request, count, cancellationToken))), lists => lists.Sum(records => records.Length)).ConfigureAwait(false);
        return found is [var alone] ? alone : [.. found.SelectMany(records => records).OrderByDescending(record => record.Scored.Score).Take(count)];
    }

    /// <summary>Has candidates scored that were found by others.</summary>
    public async Task ScoreOthersAsync(CandidateRequest<TRecord> request, RetrievalCandidate<TRecord>[] candidates, StageRunner stages, CancellationToken cancellationToken)
    {
        RetrievalCandidate<TRecord>[] others = Array.FindAll(candidates, candidate => candidate.Stage(name) is null);
        foreach (ICandidateGenerator<TRecord> generator in generators)
        {
            RetrievalCandidate<TRecord>[] own = Array.FindAll(others, candidate => candidate.Collection == CollectionOf(generator));
            if (own.Length > 0)
            {
                Write(own, await stages.RunAsync(name, () => generator.ScoreAsync(request, Array.ConvertAll(own, other => other.Record), cancellationToken)).ConfigureAwait(false));
            }
        }
    }

    private async Task<FoundRecord<TRecord>[]> FindAsync(ICandidateGenerator<TRecord> generator, CandidateRequest<TRecord> request, int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<ScoredRecord<TRecord>> found = await generator.FindAsync(request, count, cancellationToken).ConfigureAwait(false)
            ?? throw StageFaults.GaveNull(name, "a list of records");
        if (found.Any(scored => scored.Record is null))
        {
            throw StageFaults.GaveNull(name, "a record");
        }

        return [.. found.Where(scored => generator is IOwnGenerator || request.LetsThrough(scored.Record)).Select(scored => new FoundRecord<TRecord>(CollectionOf(generator), scored))];
    }

    private string CollectionOf(ICandidateGenerator<TRecord> generator) => only ?? generator.Collection!;

    private void Write(RetrievalCandidate<TRecord>[] candidates, IReadOnlyList<double?>? scores)
    {
        if (scores is null)
        {
            throw StageFaults.GaveNull(name, "a list of scores");
        }

        StageFaults.ThrowIfOtherCount(name, scores.Count, candidates.Length);
        for (int index = 0; index < candidates.Length; index++)
        {
            if (scores[index] is { } score && double.IsFinite(score))
            {
                candidates[index].Add(new StageScore { Stage = name, Score = score, Rank = 0 });
            }
        }
    }
}
