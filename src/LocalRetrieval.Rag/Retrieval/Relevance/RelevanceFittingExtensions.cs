namespace LocalRetrieval.Rag;

/// <summary>Fits a <see cref="RelevanceModel"/> to a retriever.</summary>
public static class RelevanceFittingExtensions
{
    /// <summary>Retrieves for each judged question, and fits the probability that a passage answers to the scores that the stages gave what was returned.</summary>
    /// <param name="retriever">The retriever, with the stages that it will have.</param>
    /// <param name="judgements">Questions with the passages that answer them; about a hundred are a start. Without questions that nothing answers, how sure the model is
    /// of those was never seen.</param>
    /// <param name="options">Options of the requests; their <see cref="RetrievalOptions.MinimumRelevance"/> does not count. Null means the retriever's defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The model, for <see cref="PassageRetrieverOptions{TRecord}.RelevanceModel"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> or <paramref name="judgements"/> is null.</exception>
    /// <exception cref="ArgumentException">Of what was retrieved, nothing is judged to answer, or all of it.</exception>
    /// <exception cref="InvalidOperationException">The encoder or the reranker does not say which it is (<see cref="EncoderInfo"/>), or not all requests had the same stages.</exception>
    public static async Task<RelevanceModel> FitRelevanceAsync(
        this IPassageRetriever retriever, IEnumerable<RelevanceJudgement> judgements, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(judgements);
        RetrievalOptions asked = options?.Clone() ?? new RetrievalOptions();
        asked.MinimumRelevance = 0;
        RelevanceSamples samples = new();
        foreach (RelevanceJudgement judgement in judgements)
        {
            RetrievalResult result = await retriever.RetrieveAsync(judgement.Query, asked, cancellationToken).ConfigureAwait(false);
            samples.Add(result, judgement.RelevantKeys);
        }

        if (samples.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(judgements));
        }

        return await Task.Run(() => samples.Fit(retriever), cancellationToken).ConfigureAwait(false);
    }
}
