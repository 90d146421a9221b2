using LocalRetrieval.Encoders;

namespace LocalRetrieval;

/// <summary>Options of an encoder that gives one vector a text. They are read once, when the model is loaded.</summary>
public abstract class DenseEncoderOptions : EncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    protected DenseEncoderOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    protected DenseEncoderOptions(DenseEncoderOptions other)
        : base(other)
    {
        Pooling = other.Pooling;
        Normalize = other.Normalize;
        Truncation = other.Truncation;
        ChunkOverlap = other.ChunkOverlap;
        MatryoshkaDimensions = other.MatryoshkaDimensions;
    }

    /// <summary>How token vectors are pooled. A static model, whose vectors are means, refuses another mode when it is loaded.</summary>
    /// <value>Null for what the model's files say; a folder without modules.json needs a value, unless the graph has an output <c>sentence_embedding</c>. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public PoolingMode? Pooling
    {
        get;
        set => field = value is { } mode ? OptionValue.Defined(mode, nameof(Pooling)) : null;
    }

    /// <summary>Whether vectors are brought to unit length.</summary>
    /// <value>Null for what the model's files say. The default is null.</value>
    public bool? Normalize { get; set; }

    /// <summary>What becomes of a text that is longer than the model reads.</summary>
    /// <value>The default is <see cref="TruncationPolicy.Truncate"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public TruncationPolicy Truncation
    {
        get;
        set => field = OptionValue.Defined(value, nameof(Truncation));
    }

    /// <summary>How many tokens neighbouring windows of a text share, under <see cref="TruncationPolicy.ChunkAndPool"/>.</summary>
    /// <value>At least 0 and less than a window has room for, or null for an eighth of that. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? ChunkOverlap
    {
        get;
        set => field = OptionValue.AtLeast(value, 0, nameof(ChunkOverlap));
    }

    /// <summary>The dimensions that the model's vectors are trained to be cut to; another size is cut all the same, and logged once.</summary>
    /// <value>Sizes of at least 1 and at most the model's, or null for config.json's matryoshka_dimensions. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public IReadOnlyList<int>? MatryoshkaDimensions
    {
        get;
        set => field = value is null || value.All(size => size >= 1) ? value : throw new ArgumentOutOfRangeException(nameof(MatryoshkaDimensions), string.Join(", ", value), "Sizes are at least 1.");
    }
}
