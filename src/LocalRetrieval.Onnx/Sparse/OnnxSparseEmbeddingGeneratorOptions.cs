namespace LocalRetrieval.Onnx;

/// <summary>Options of an <see cref="OnnxSparseEmbeddingGenerator"/>. They are read once, when the model is loaded.</summary>
public sealed class OnnxSparseEmbeddingGeneratorOptions : SparseEncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    public OnnxSparseEmbeddingGeneratorOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy, of this or another sparse encoder.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public OnnxSparseEmbeddingGeneratorOptions(SparseEncoderOptions other)
        : base(other)
    {
    }
}
