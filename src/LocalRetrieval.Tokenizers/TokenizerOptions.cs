namespace LocalRetrieval.Tokenizers;

/// <summary>Options of a <see cref="Tokenizer"/>.</summary>
public sealed class TokenizerOptions
{
    /// <summary>The defaults.</summary>
    public TokenizerOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public TokenizerOptions(TokenizerOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        LoneSurrogates = other.LoneSurrogates;
        Truncation = other.Truncation;
        Padding = other.Padding;
    }

    /// <summary>What to do with a text that holds a lone surrogate.</summary>
    /// <value>The default is <see cref="LoneSurrogateHandling.Throw"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public LoneSurrogateHandling LoneSurrogates
    {
        get;
        set => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LoneSurrogates), value, "Not a handling.");
    }

    /// <summary>How <see cref="Tokenizer.Encode"/> and the batches cut what is too long.</summary>
    /// <value>The default is null: as the file says. <see cref="TruncationOptions.None"/> cuts nothing.</value>
    public TruncationOptions? Truncation { get; set; }

    /// <summary>How <see cref="Tokenizer.Encode"/> and the batches fill up what is too short.</summary>
    /// <value>The default is null: as the file says. <see cref="PaddingOptions.None"/> fills nothing up.</value>
    public PaddingOptions? Padding { get; set; }
}
