namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>
    /// How many tokens the model reads at most, special tokens included, as the folder's tokenizer_config.json says; null where it does
    /// not, where it gives a placeholder of more than two thousand million, or where no folder was read. It is data only.
    /// </summary>
    public int? ModelMaxLength { get; internal init; }

    /// <summary>Which tokens play which part, as the folder's tokenizer_config.json says.</summary>
    public SpecialTokens SpecialTokens { get; internal init; } = new();
}
