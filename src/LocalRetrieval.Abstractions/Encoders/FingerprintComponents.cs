namespace LocalRetrieval;

/// <summary>The names of the parts of an <see cref="EncoderFingerprint"/>.</summary>
public static class FingerprintComponents
{
    /// <summary>The weights: the graph with its external data, or the vectors of a static model.</summary>
    public const string Model = "model";

    /// <summary>The tokenizer's file, and what is done to a text before and after it.</summary>
    public const string Tokenizer = "tokenizer";

    /// <summary>The prompts by name, and the default one.</summary>
    public const string Prompts = "prompts";

    /// <summary>Pooling and the modules after it, or how a reranker's logits become a score.</summary>
    public const string Pooling = "pooling";

    /// <summary>Whether vectors are brought to unit length.</summary>
    public const string Normalization = "normalization";

    /// <summary>The length of a vector.</summary>
    public const string Dimensions = "dimensions";
}
