namespace LocalRetrieval.Tokenizers;

/// <summary>Options of one <see cref="Tokenizer.Encode"/>.</summary>
public sealed class EncodeOptions
{
    /// <summary>Whether the special tokens of the model are added around the texts.</summary>
    /// <value>The default is true.</value>
    public bool AddSpecialTokens { get; set; } = true;

    /// <summary>How to cut what is too long.</summary>
    /// <value>The default is null: nothing is cut, whatever <see cref="Tokenizer.Truncation"/> says.</value>
    public TruncationOptions? Truncation { get; set; }
}
