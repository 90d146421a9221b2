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

    /// <summary>What becomes of a text that is longer than the model reads.</summary>
    /// <value>The default is <see cref="TruncationPolicy.Truncate"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public TruncationPolicy Truncation
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Truncation), value, "Not a truncation policy.");
    }

    /// <summary>How many tokens neighbouring windows of a text share, under <see cref="TruncationPolicy.ChunkAndPool"/>.</summary>
    /// <value>At least 0 and less than a window has room for, or null for an eighth of that. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? ChunkOverlap
    {
        get;
        set
        {
            if (value is { } overlap)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(overlap, nameof(ChunkOverlap));
            }

            field = value;
        }
    }

    /// <summary>The dimensions that the model's vectors are trained to be cut to; another size is cut all the same, and logged once.</summary>
    /// <value>Sizes of at least 1 and at most the model's, or null for config.json's matryoshka_dimensions. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public IReadOnlyList<int>? MatryoshkaDimensions
    {
        get;
        set => field = value is null || value.All(size => size >= 1) ? value : throw new ArgumentOutOfRangeException(nameof(MatryoshkaDimensions), string.Join(", ", value), "Sizes are at least 1.");
    }
}
