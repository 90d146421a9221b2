namespace LocalRetrieval.Static;

/// <summary>
/// Options of a <see cref="StaticEmbeddingGenerator"/>. They are read once, when the model is loaded. Where <see cref="EncoderOptions.MaxTokens"/> and
/// config.json's max_length are both missing, model2vec's models read 512 tokens, and sentence-transformers' all.
/// </summary>
public sealed class StaticEmbeddingGeneratorOptions : DenseEncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    public StaticEmbeddingGeneratorOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy, of this or another generator of dense vectors.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public StaticEmbeddingGeneratorOptions(DenseEncoderOptions other)
        : base(other)
    {
    }
}
