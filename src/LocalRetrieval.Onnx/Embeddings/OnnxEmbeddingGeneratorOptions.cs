namespace LocalRetrieval.Onnx;

/// <summary>Options of an <see cref="OnnxEmbeddingGenerator"/>. They are read once, when the model is loaded.</summary>
public class OnnxEmbeddingGeneratorOptions : OnnxEncoderOptions
{
    /// <summary>How token vectors are pooled.</summary>
    /// <value>Null for what the model's files say; a folder without modules.json needs a value, unless the graph has an output <c>sentence_embedding</c>. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public PoolingMode? Pooling
    {
        get;
        set => field = value is null || Enum.IsDefined(value.Value) ? value : throw new ArgumentOutOfRangeException(nameof(Pooling), value, "Not a pooling mode.");
    }

    /// <summary>Whether vectors are brought to unit length.</summary>
    /// <value>Null for what the model's files say. The default is null.</value>
    public bool? Normalize { get; set; }
}
