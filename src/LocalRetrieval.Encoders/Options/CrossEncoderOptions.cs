namespace LocalRetrieval;

/// <summary>Options of a cross-encoder. They are read once, when the model is loaded.</summary>
public abstract class CrossEncoderOptions : EncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    protected CrossEncoderOptions()
    {
    }

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
