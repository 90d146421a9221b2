namespace LocalRetrieval.Rag;

/// <summary>
/// Turns the scores that the stages gave a passage into the probability that it answers: Platt's scaling, by logistic regression over the scores of all stages.
/// </summary>
/// <remarks>
/// <para>A stage's better score never makes a passage less likely to answer, and scores beyond those that were seen when it was fitted count as the last of those.</para>
/// <para>It holds for the encoders and stages that it was fitted with, and no others. System.Text.Json writes and reads it.</para>
/// <para>Source: J. Platt, "Probabilistic outputs for support vector machines" (1999), whose targets keep certainty from being learned of few samples. Immutable.</para>
/// </remarks>
public sealed class RelevanceModel
{
    /// <summary>A model of known parameters.</summary>
    /// <param name="encoder">The fingerprint of the encoder that embeds queries.</param>
    /// <param name="reranker">The fingerprint of the reranker; null where none takes part.</param>
    /// <param name="intercept">The logit where every stage's score is 0.</param>
    /// <param name="stages">What each stage's score adds to the logit.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encoder"/> or <paramref name="stages"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no stage, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite.</exception>
    public RelevanceModel(string encoder, string? reranker, double intercept, IReadOnlyList<RelevanceStage> stages)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(stages);
        Encoder = encoder;
        Reranker = reranker;
        Intercept = Finite(intercept, nameof(intercept));
        Stages = [.. stages];
        if (Stages.Count == 0 || Stages.DistinctBy(stage => stage.Stage).Count() < Stages.Count)
        {
            throw new ArgumentException("A relevance model has one stage at least, and each once.", nameof(stages));
        }

        foreach (RelevanceStage stage in Stages)
        {
            Finite(stage.Slope, nameof(stages));
            if (stage.Least > stage.Greatest)
            {
                throw new ArgumentException($"The least score of '{stage.Stage}', {stage.Least}, is above the greatest, {stage.Greatest}.", nameof(stages));
            }
        }
    }

    /// <summary>The fingerprint of the encoder that embeds queries (<see cref="EncoderFingerprint.Value"/>).</summary>
    public string Encoder { get; }

    /// <summary>The fingerprint of the reranker; null where none takes part.</summary>
    public string? Reranker { get; }

    /// <summary>The logit where every stage's score is 0.</summary>
    public double Intercept { get; }

    /// <summary>The stages, and what the score of each adds to the logit.</summary>
    public IReadOnlyList<RelevanceStage> Stages { get; }

    /// <summary>The probability of a passage.</summary>
    /// <param name="scoreOf">Gives a stage's score by its name.</param>
    internal double Probability(Func<string, double> scoreOf) =>
        LogisticRegression.Sigmoid(Intercept + Stages.Sum(stage => stage.Gain(scoreOf(stage.Stage))));

    /// <summary>Whether it was fitted with these.</summary>
    internal bool IsOf(string? encoder, string? reranker, IReadOnlyCollection<string> stages) =>
        Encoder == encoder && Reranker == reranker && Stages.Count == stages.Count && Stages.All(stage => stages.Contains(stage.Stage));

    private static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "A parameter of a relevance model is a finite number.");
}
