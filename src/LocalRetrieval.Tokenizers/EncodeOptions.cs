namespace LocalRetrieval.Tokenizers;

/// <summary>Options of one call of <see cref="Tokenizer.Encode"/>, or of one batch.</summary>
public class EncodeOptions
{
    /// <summary>The defaults.</summary>
    public EncodeOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>; null gives the defaults.</summary>
    /// <param name="other">The options to copy.</param>
    protected EncodeOptions(EncodeOptions? other)
    {
        AddSpecialTokens = other?.AddSpecialTokens ?? true;
        Truncation = other?.Truncation;
        Padding = other?.Padding;
        OffsetUnit = other?.OffsetUnit ?? OffsetUnit.Utf16Units;
    }

    /// <summary>Whether the special tokens of the model are added around the texts.</summary>
    /// <value>The default is true.</value>
    public bool AddSpecialTokens { get; set; } = true;

    /// <summary>How to cut what is too long.</summary>
    /// <value>The default is null: as <see cref="Tokenizer.Truncation"/> says. <see cref="TruncationOptions.None"/> cuts nothing.</value>
    public TruncationOptions? Truncation { get; set; }

    /// <summary>How to fill up what is too short.</summary>
    /// <value>The default is null: as <see cref="Tokenizer.Padding"/> says. <see cref="PaddingOptions.None"/> fills nothing up.</value>
    public PaddingOptions? Padding { get; set; }

    /// <summary>What offsets count.</summary>
    /// <value>The default is <see cref="OffsetUnit.Utf16Units"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public OffsetUnit OffsetUnit
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(OffsetUnit), value, "Not a unit.");
    }

    /// <summary>A copy of the same type.</summary>
    public virtual EncodeOptions Clone() => new(this);
}
