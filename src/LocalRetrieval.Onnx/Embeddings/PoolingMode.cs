namespace LocalRetrieval.Onnx;

/// <summary>How the vectors of a text's tokens become the vector of the text.</summary>
public enum PoolingMode
{
    /// <summary>The mean over all tokens, special tokens included and padding left out.</summary>
    Mean,

    /// <summary>The vector of the first token.</summary>
    Cls,
}
