namespace LocalRetrieval.Tokenizers;

/// <summary>
/// Which tokens play which part, as tokenizer_config.json and special_tokens_map.json of a folder say. A tokenizer.json alone does
/// not say it: then all of them are null.
/// </summary>
public sealed record SpecialTokens
{
    /// <summary>The token of what the vocabulary lacks.</summary>
    public AddedToken? Unknown { get; init; }

    /// <summary>The token that fills a batch's shorter rows.</summary>
    public AddedToken? Pad { get; init; }

    /// <summary>The token whose vector classifies, at the start of a sequence.</summary>
    public AddedToken? Cls { get; init; }

    /// <summary>The token between two texts, or after one.</summary>
    public AddedToken? Sep { get; init; }

    /// <summary>The token that stands for a hidden one.</summary>
    public AddedToken? Mask { get; init; }

    /// <summary>The token at the beginning of a sequence.</summary>
    public AddedToken? Bos { get; init; }

    /// <summary>The token at the end of a sequence.</summary>
    public AddedToken? Eos { get; init; }
}
