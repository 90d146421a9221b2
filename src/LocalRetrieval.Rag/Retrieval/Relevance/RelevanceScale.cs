using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Finds the relevance model of a retriever's encoders, and gives candidates their probabilities.</summary>
/// <param name="own">The model that the retriever was given; null for none.</param>
/// <param name="encoder">Embeds queries.</param>
/// <param name="reranker">Reranks; null where nothing does.</param>
/// <param name="logger">Told where an encoder cannot say which it is.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed partial class RelevanceScale(RelevanceModel? own, GeneratorEncoder encoder, ITextReranker? reranker, ILogger logger)
{
    private volatile Fingerprints? _fingerprints;
    private volatile bool _isUnknown;

    /// <summary>The model for these encoders and stages; null where there is none, or an encoder's files cannot be read any more: retrieval needs none.</summary>
    /// <param name="stages">The names of the stages that are asked.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    public async ValueTask<RelevanceModel?> TryFindAsync(IReadOnlyCollection<string> stages, CancellationToken cancellationToken)
    {
        if (_isUnknown)
        {
            return null;
        }

        try
        {
            return await FindAsync(stages, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            _isUnknown = true;
            LogUnknown(exception);
            return null;
        }
    }

    /// <summary>The model for these encoders and stages.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async ValueTask<RelevanceModel> RequireAsync(IReadOnlyCollection<string> stages, CancellationToken cancellationToken) =>
        await FindAsync(stages, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException(
            $"{nameof(RetrievalOptions.MinimumRelevance)} needs a relevance model that was fitted with these encoders and the stages {string.Join(", ", stages)}, and there is none. "
                + $"Fit one from judgements with {nameof(RelevanceFittingExtensions.FitRelevanceAsync)} and set {nameof(PassageRetrieverOptions<>)}.{nameof(PassageRetrieverOptions<>.RelevanceModel)}; "
                + $"or use {nameof(RetrievalOptions.MinimumVectorScore)} or {nameof(RetrievalOptions.MinimumRerankerScore)}.");

    /// <summary>Gives each candidate its probability; a candidate that a reranker did not read has none.</summary>
    public static void Apply<TRecord>(RelevanceModel model, IReadOnlyList<RetrievalCandidate<TRecord>> candidates)
        where TRecord : class
    {
        Dictionary<string, double[]> scores = model.Stages.ToDictionary(stage => stage.Stage, stage => CandidateOrder.KnownScoresOf(candidates, stage.Stage));
        for (int index = 0; index < candidates.Count; index++)
        {
            int place = index;
            bool isRead = model.Reranker is null || candidates[index].Stage(RetrievalStage.Reranker) is not null;
            candidates[index].Relevance = isRead ? model.Probability(stage => scores[stage][place]) : null;
        }
    }

    private async ValueTask<RelevanceModel?> FindAsync(IReadOnlyCollection<string> stages, CancellationToken cancellationToken)
    {
        Fingerprints known = _fingerprints ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
        string? reads = stages.Contains(RetrievalStage.Reranker) ? known.Reranker : null;
        return Candidates().FirstOrDefault(model => model.IsOf(known.Encoder, reads, stages));
    }

    private IEnumerable<RelevanceModel> Candidates() => own is null ? KnownRelevanceModels.All : KnownRelevanceModels.All.Prepend(own);

    private async Task<Fingerprints> ReadAsync(CancellationToken cancellationToken)
    {
        string? value = await encoder.FindAsync(cancellationToken).ConfigureAwait(false) is { } info ? await FingerprintAsync(info, cancellationToken).ConfigureAwait(false) : null;

        // A reranker's files are only read where its fingerprint can matter.
        bool matters = Candidates().Any(model => model.Encoder == value && model.Reranker is not null);
        EncoderInfo? ofReranker = matters && reranker is not null
            ? await Task.Run(() => reranker.GetService(typeof(EncoderInfo)) as EncoderInfo, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false)
            : null;
        return new Fingerprints(value, ofReranker is null ? null : await FingerprintAsync(ofReranker, cancellationToken).ConfigureAwait(false));
    }

    private static Task<string> FingerprintAsync(EncoderInfo info, CancellationToken cancellationToken) =>
        Task.Run(() => info.Fingerprint.Value, cancellationToken).WaitAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passages have no relevance: an encoder cannot say which it is.")]
    private partial void LogUnknown(Exception exception);

    private sealed record Fingerprints(string? Encoder, string? Reranker);
}
