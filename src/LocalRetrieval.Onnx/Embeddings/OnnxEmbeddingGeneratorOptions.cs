namespace LocalRetrieval.Onnx;

/// <summary>Options of an <see cref="OnnxEmbeddingGenerator"/>. They are read once, when the model is loaded.</summary>
public sealed class OnnxEmbeddingGeneratorOptions : DenseEncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    public OnnxEmbeddingGeneratorOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy, of this or another generator of dense vectors.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public OnnxEmbeddingGeneratorOptions(DenseEncoderOptions other)
        : base(other)
    {
    }
}
