namespace LocalRetrieval.Onnx;

/// <summary>Options of an <see cref="OnnxTextReranker"/>. They are read once, when the model is loaded.</summary>
public sealed class OnnxTextRerankerOptions : CrossEncoderOptions
{
    /// <summary>Makes the defaults.</summary>
    public OnnxTextRerankerOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy, of this or another cross-encoder.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public OnnxTextRerankerOptions(CrossEncoderOptions other)
        : base(other)
    {
    }
}
