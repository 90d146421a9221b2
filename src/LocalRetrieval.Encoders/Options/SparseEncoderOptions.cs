using LocalRetrieval.Encoders;

namespace LocalRetrieval;

/// <summary>Options of an encoder that gives weights of its vocabulary. They are read once, when the model is loaded.</summary>
public abstract class SparseEncoderOptions : EncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    protected SparseEncoderOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    protected SparseEncoderOptions(SparseEncoderOptions other)
        : base(other) => MaxActiveDimensions = other.MaxActiveDimensions;

    /// <summary>The most weights of a text; the smallest are dropped, and of equal ones those with the larger token ids.</summary>
    /// <value>At least 1, or null for all that are not 0. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxActiveDimensions
    {
        get;
        set => field = OptionValue.AtLeast(value, 1, nameof(MaxActiveDimensions));
    }
}
