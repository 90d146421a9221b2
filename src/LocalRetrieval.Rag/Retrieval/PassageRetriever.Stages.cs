using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

public sealed partial class PassageRetriever<TKey, TRecord>
{
    private async Task<ReadOnlyMemory<float>> EmbedAsync(string query, CancellationToken cancellationToken) =>
        (await _generator.GenerateQueryAsync(query, cancellationToken: cancellationToken).ConfigureAwait(false)).Vector;

    private async Task<List<Candidate<TRecord>>> SearchAsync(
        ReadOnlyMemory<float> vector, int count, RetrievalOptions<TRecord>? options, CancellationToken cancellationToken)
    {
        VectorStoreCollection<TKey, TRecord> collection = _collection ??= _getCollection(vector.Length);
        VectorSearchOptions<TRecord> search = new() { Filter = options?.Filter, VectorProperty = _options.VectorProperty };
        List<VectorSearchResult<TRecord>> found = [];
        try
        {
            ICollectionEncoders? encoders = collection.GetService(typeof(ICollectionEncoders)) as ICollectionEncoders;
            await _encoder.CheckAsync(encoders, VectorName.Of(_options.VectorProperty), cancellationToken).ConfigureAwait(false);
            await foreach (VectorSearchResult<TRecord> result in collection.SearchAsync(vector, count, search, cancellationToken).ConfigureAwait(false))
            {
                found.Add(result);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await ThrowIfMissingAsync(collection, exception, cancellationToken).ConfigureAwait(false);
            throw;
        }

        if (found.Count == 0)
        {
            await ThrowIfMissingAsync(collection, null, cancellationToken).ConfigureAwait(false);
        }

        return ToCandidates(found);
    }

    private static async Task ThrowIfMissingAsync(
        VectorStoreCollection<TKey, TRecord> collection, Exception? exception, CancellationToken cancellationToken)
    {
        if (!await collection.CollectionExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException(
                $"The collection '{collection.Name}' does not exist. "
                    + $"Index documents into it first, for instance with {nameof(PassageIndexer)}.{nameof(PassageIndexer.IndexAsync)}, or check its name.",
                exception);
        }
    }

    private List<Candidate<TRecord>> ToCandidates(List<VectorSearchResult<TRecord>> found)
    {
        bool scored = found.TrueForAll(result => result.Score is not null);
        bool areDistances = scored && (_areDistances ?? ScoreDirection.IsRising(found));
        List<Candidate<TRecord>> candidates = new(found.Count);
        foreach (VectorSearchResult<TRecord> result in found)
        {
            // A store that gives no scores still gives an order.
            double score = scored ? result.Score!.Value : -candidates.Count;
            candidates.Add(new Candidate<TRecord>(result.Record, areDistances ? -score : score));
        }

        return candidates;
    }

    private async Task<IReadOnlyList<RerankedItem<Candidate<TRecord>>>> RerankAsync(string query, List<Candidate<TRecord>> candidates, CancellationToken cancellationToken)
    {
        RerankingOptions? options = _options.RerankingBudget is { } budget ? new RerankingOptions { Budget = budget } : null;
        IReadOnlyList<RerankedItem<Candidate<TRecord>>> result = await _reranker!.RerankAsync(
            query, candidates, candidate => _mapping.EmbeddedText(candidate.Record), options, cancellationToken).ConfigureAwait(false);
        RerankedItem<Candidate<TRecord>>[] scored = [.. result.Where(item => float.IsFinite(item.Document.Score))];
        bool hasLogits = Array.TrueForAll(scored, item => item.Document.Logit is not null);
        double ScoreOf(RerankedDocument document) => hasLogits ? document.Logit!.Value : document.Score;
        int rank = 0;

        // An activation that saturates makes alike what the logits still tell apart.
        foreach ((Candidate<TRecord> candidate, RerankedDocument document) in scored.OrderByDescending(item => ScoreOf(item.Document)).Select(item => (item.Item, item.Document)))
        {
            candidate.RerankerScore = ScoreOf(document);
            candidate.Relevance = document.Score;
            candidate.RerankerRank = ++rank;
        }

        return result;
    }

    private RetrievalResult<TRecord> ToResult(
        string query, List<Candidate<TRecord>> candidates, int[] order, int top, IReadOnlyList<StageTiming> timings)
    {
        int[] kept = Array.FindAll(order, index => IsGoodEnough(candidates[index]));
        int[] ranking = [.. kept, .. order.Except(kept)];
        RetrievedPassage<TRecord>[] passages = new RetrievedPassage<TRecord>[candidates.Count];
        for (int rank = 0; rank < ranking.Length; rank++)
        {
            passages[ranking[rank]] = ToPassage(candidates[ranking[rank]], ranking[rank] + 1, rank + 1);
        }

        return new RetrievalResult<TRecord>(query, [.. kept.Take(top).Select(index => passages[index])]) { Candidates = passages, Timings = timings };
    }

    private bool IsGoodEnough(Candidate<TRecord> candidate) =>
        (_options.MinimumVectorScore is not { } minimum || candidate.VectorScore >= minimum) && !(candidate.Relevance < _options.MinimumRerankerScore);

    private RetrievedPassage<TRecord> ToPassage(Candidate<TRecord> candidate, int vectorRank, int rank)
    {
        StageScore vector = new() { Stage = RetrievalStage.Vector, Score = candidate.VectorScore, Rank = vectorRank };
        TRecord record = candidate.Record;
        return new RetrievedPassage<TRecord>(record)
        {
            Key = _mapping.Key(record),
            Text = _mapping.Text(record),
            Source = _mapping.Source?.Invoke(record),
            Title = _mapping.Title?.Invoke(record),
            Page = _mapping.Page?.Invoke(record),
            HeadingPath = _mapping.HeadingPath?.Invoke(record),
            Offset = _mapping.Offset?.Invoke(record),
            Length = _mapping.Length?.Invoke(record),
            Score = candidate.FinalScore,
            Rank = rank,
            Stages = candidate.IsReranked
                ? [vector, new StageScore { Stage = RetrievalStage.Reranker, Score = candidate.RerankerScore, Rank = candidate.RerankerRank }]
                : [vector],
        };
    }
}
