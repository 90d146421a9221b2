namespace LocalRetrieval;

/// <summary>Options of a cross-encoder. They are read once, when the model is loaded.</summary>
public abstract class CrossEncoderOptions : EncoderOptions
{
    // Pairs are long: the largest of those that embedded models read then run alone, which is faster than two at a time (bench/results/budget.md).
    private const int UsualBatchTokenBudget = 512;

    /// <summary>Makes the defaults, with a <see cref="EncoderOptions.BatchTokenBudget"/> of 512.</summary>
    protected CrossEncoderOptions() => BatchTokenBudget = UsualBatchTokenBudget;

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    protected CrossEncoderOptions(CrossEncoderOptions other)
        : base(other) => ScoreLabel = other.ScoreLabel;

    /// <summary>The label whose score ranks, by its name in config.json's id2label; for a model of several labels.</summary>
    /// <value>
    /// Null for "entailment" or "relevant" where the model has such a label, and otherwise for the second of two. The default is null.
    /// </value>
    public string? ScoreLabel { get; set; }
}
