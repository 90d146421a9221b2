namespace LocalRetrieval.Rag;

/// <summary>Retrieved passages with the scores that the stages gave them, and whether they answer.</summary>
internal sealed class RelevanceSamples
{
    private readonly List<double[]> _scores = [];
    private readonly List<bool> _answers = [];
    private string[]? _stages;

    private int Positives => _answers.Count(answers => answers);

    /// <summary>Adds what was returned for one question.</summary>
    /// <exception cref="InvalidOperationException">Other stages took part than before.</exception>
    public void Add(RetrievalResult result, IReadOnlyCollection<string> relevantKeys)
    {
        if (result.Passages.Count == 0)
        {
            return;
        }

        string[] stages = [.. result.Candidates.Concat(result.Passages).SelectMany(passage => passage.Stages).Select(score => score.Stage).Distinct()];
        _stages ??= stages;
        if (!_stages.Order().SequenceEqual(stages.Order()))
        {
            throw new InvalidOperationException(
                $"For '{result.Query}' the stages {string.Join(", ", stages)} took part, before it {string.Join(", ", _stages)}. A relevance model is of one list of stages: fit it without what differs, such as a time budget.");
        }

        Dictionary<string, double> least = _stages.ToDictionary(stage => stage, stage => result.Candidates.Concat(result.Passages).Min(passage => passage.Stage(stage)?.Score ?? double.PositiveInfinity));
        foreach (RetrievedPassage passage in result.Passages)
        {
            _scores.Add(Array.ConvertAll(_stages, stage => passage.Stage(stage)?.Score ?? least[stage]));
            _answers.Add(relevantKeys.Contains(passage.Key));
        }
    }

    /// <summary>Why nothing can be fitted; null where it can.</summary>
    public string? FindFault() => Positives > 0 && Positives < _answers.Count
        ? null
        : $"Of {_answers.Count} retrieved passages, {Positives} are judged to answer: there must be some that do and some that do not. Check that the judgements' keys are those of the collection.";

    /// <exception cref="InvalidOperationException">An encoder does not say which it is.</exception>
    public RelevanceModel Fit(IPassageRetriever retriever)
    {
        // Platt's targets: as if one more of each class had been seen.
        double yes = (Positives + 1.0) / (Positives + 2.0);
        double no = 1.0 / (_answers.Count - Positives + 2.0);
        (double intercept, double[] slopes) = LogisticRegression.FitRising(_scores, [.. _answers.Select(answers => answers ? yes : no)]);
        return new RelevanceModel(
            Identity(retriever.GetService<EncoderInfo>(), "embedding generator"),
            _stages!.Contains(RetrievalStage.Reranker) ? Identity(retriever.GetService<ITextReranker>()?.GetService<EncoderInfo>(), "reranker") : null,
            intercept,
            [.. _stages!.Select((stage, column) => new RelevanceStage(stage, slopes[column]) { Least = _scores.Min(row => row[column]), Greatest = _scores.Max(row => row[column]) })]);
    }

    private static string Identity(EncoderInfo? info, string what) => info?.Fingerprint.Value ?? throw new InvalidOperationException(
        $"The {what} does not say which encoder it is (GetService({nameof(EncoderInfo)})), and a relevance model holds for one encoder alone. Take one that does, as those of LocalRetrieval do.");
}
