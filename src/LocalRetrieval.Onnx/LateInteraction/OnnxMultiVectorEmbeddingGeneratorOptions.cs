namespace LocalRetrieval.Onnx;

/// <summary>
/// Options of an <see cref="OnnxMultiVectorEmbeddingGenerator"/> and an <see cref="OnnxLateInteractionReranker"/>. They are read once, when the
/// model is loaded. <see cref="EncoderOptions.MaxTokens"/> is that of documents; queries have a length of their own in the model's files.
/// </summary>
public sealed class OnnxMultiVectorEmbeddingGeneratorOptions : EncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    public OnnxMultiVectorEmbeddingGeneratorOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy, of this or another encoder.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public OnnxMultiVectorEmbeddingGeneratorOptions(EncoderOptions other)
        : base(other)
    {
    }
}
