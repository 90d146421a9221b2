namespace LocalRetrieval.Rag;

/// <summary>Scores candidates by an <see cref="ITextReranker"/>: by its logits, which still tell apart what an activation that saturates makes alike.</summary>
internal sealed class CrossEncoderReranker<TRecord>(ITextReranker reranker, TimeSpan? budget) : ICandidateReranker<TRecord>
    where TRecord : class
{
    public string Name => RetrievalStage.Reranker;

    public int? Count => null;

    public async Task<IReadOnlyList<double?>> ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken)
    {
        RerankingOptions? options = budget is null ? null : new RerankingOptions { Budget = budget };
        IReadOnlyList<RerankedItem<RetrievalCandidate<TRecord>>> result = await reranker.RerankAsync(
            request.Query, candidates, candidate => candidate.Text, options, cancellationToken).ConfigureAwait(false);
        RerankedItem<RetrievalCandidate<TRecord>>[] scored = [.. result.Where(item => float.IsFinite(item.Document.Score))];
        bool hasLogits = Array.TrueForAll(scored, item => item.Document.Logit is not null);
        double?[] scores = new double?[candidates.Count];
        foreach (RerankedItem<RetrievalCandidate<TRecord>> item in scored)
        {
            item.Item.RerankerActivation = item.Document.Score;
            scores[item.Document.Index] = hasLogits ? item.Document.Logit!.Value : item.Document.Score;
        }

        return scores;
    }
}
