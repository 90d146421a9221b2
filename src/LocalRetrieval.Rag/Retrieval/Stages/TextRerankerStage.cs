namespace LocalRetrieval.Rag;

/// <summary>An <see cref="ITextReranker"/> as a stage: a cross-encoder, or late interaction before one. Its logits count, which still tell apart what an activation that saturates makes alike.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Safe for concurrent use. The reranker stays the caller's to dispose.</remarks>
public sealed class TextRerankerStage<TRecord> : ICandidateReranker<TRecord>
    where TRecord : class
{
    private readonly ITextReranker _reranker;
    private readonly TimeSpan? _budget;

    /// <summary>A stage over <paramref name="reranker"/>.</summary>
    /// <param name="reranker">The reranker.</param>
    /// <param name="name">The stage's name, such as <see cref="RetrievalStage.MaxSim"/>.</param>
    /// <param name="count">How many candidates it reads; null for all that are reranked at all.</param>
    /// <param name="budget">How long it may take; candidates that it did not get to count as its worst. Null for no limit.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reranker"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or <paramref name="budget"/> not more than zero.</exception>
    public TextRerankerStage(ITextReranker reranker, string name, int? count = null, TimeSpan? budget = null)
    {
        ArgumentNullException.ThrowIfNull(reranker);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(count ?? 1, 1, nameof(count));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(budget));
        _reranker = reranker;
        _budget = budget;
        Name = name;
        Count = count;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public int? Count { get; }

    /// <inheritdoc />
    public async Task<IReadOnlyList<double?>> ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(candidates);
        RerankingOptions? options = _budget is null ? null : new RerankingOptions { Budget = _budget };
        IReadOnlyList<RerankedItem<RetrievalCandidate<TRecord>>> result = await _reranker.RerankAsync(
            request.Query, candidates, candidate => candidate.Text, options, cancellationToken).ConfigureAwait(false);
        RerankedItem<RetrievalCandidate<TRecord>>[] scored = [.. result.Where(item => float.IsFinite(item.Document.Score))];
        bool hasLogits = Array.TrueForAll(scored, item => item.Document.Logit is not null);
        double?[] scores = new double?[candidates.Count];
        foreach ((RetrievalCandidate<TRecord> candidate, RerankedDocument document) in scored.Select(item => (item.Item, item.Document)))
        {
            scores[document.Index] = hasLogits ? document.Logit!.Value : document.Score;
            candidate.RerankerActivation = Name == RetrievalStage.Reranker ? document.Score : candidate.RerankerActivation;
        }

        return scores;
    }
}
