using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>An <see cref="ITextReranker"/> as a stage: a cross-encoder, or late interaction before one. Its logits count, which still tell apart what an activation that saturates makes alike.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Safe for concurrent use. The reranker stays the caller's to dispose.</remarks>
public sealed class TextRerankerStage<TRecord> : ICandidateReranker<TRecord>, IStoppableReranker<TRecord>
    where TRecord : class
{
    // Small enough to stop soon, and large enough for a run to be worth its while.
    private const int BatchSize = 8;

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
    public Task<IReadOnlyList<double?>> ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(candidates);
        return ScoreAsync(request, candidates, Math.Max(1, candidates.Count), TimeSpan.Zero, isEnough: _ => false, cancellationToken);
    }

    async Task<IReadOnlyList<double?>> IStoppableReranker<TRecord>.ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, TimeSpan spent, Func<IReadOnlyList<double?>, bool> isEnough, CancellationToken cancellationToken) =>
        await ScoreAsync(request, candidates, BatchSize, spent, isEnough, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<double?>> ScoreAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<RetrievalCandidate<TRecord>> candidates, int batchSize, TimeSpan spent, Func<IReadOnlyList<double?>, bool> isEnough, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        List<RerankedItem<RetrievalCandidate<TRecord>>> read = [];
        double?[] scores = new double?[candidates.Count];
        bool hasRead = false;
        foreach (RetrievalCandidate<TRecord>[] batch in candidates.Chunk(batchSize))
        {
            TimeSpan? left = hasRead ? _budget - spent - Stopwatch.GetElapsedTime(start) : _budget - spent;
            if (left <= TimeSpan.Zero || (hasRead && isEnough(scores)))
            {
                break;
            }

            RerankingOptions? options = left is null ? null : new RerankingOptions { Budget = left };
            read.AddRange(await _reranker.RerankAsync(request.Query, batch, candidate => candidate.Text, options, cancellationToken).ConfigureAwait(false));
            scores = Scores(candidates, read);
            hasRead = true;
        }

        return scores;
    }

    /// <summary>The score of each candidate, null for one that was not read; logits where all have one.</summary>
    private double?[] Scores(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, List<RerankedItem<RetrievalCandidate<TRecord>>> read)
    {
        Dictionary<RetrievalCandidate<TRecord>, RerankedDocument> scored = new(ReferenceEqualityComparer.Instance);
        foreach ((RetrievalCandidate<TRecord> candidate, RerankedDocument document) in read.Where(item => float.IsFinite(item.Document.Score)).Select(item => (item.Item, item.Document)))
        {
            scored[candidate] = document;
            candidate.RerankerActivation = Name == RetrievalStage.Reranker ? document.Score : candidate.RerankerActivation;
        }

        bool hasLogits = scored.Values.All(document => document.Logit is not null);
        return [.. candidates.Select(candidate => scored.TryGetValue(candidate, out RerankedDocument document) ? hasLogits ? document.Logit!.Value : document.Score : (double?)null)];
    }
}
