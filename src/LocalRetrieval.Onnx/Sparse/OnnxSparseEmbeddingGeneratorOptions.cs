namespace LocalRetrieval.Onnx;

/// <summary>Options of an <see cref="OnnxSparseEmbeddingGenerator"/>. They are read once, when the model is loaded.</summary>
public class OnnxSparseEmbeddingGeneratorOptions : OnnxEncoderOptions
{
    /// <summary>The most weights of a text; the smallest are dropped, and of equal ones those with the larger token ids.</summary>
    /// <value>At least 1, or null for all that are not 0. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxActiveDimensions
    {
        get;
        set
        {
            if (value is { } most)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(MaxActiveDimensions));
            }

            field = value;
        }
    }
}
