namespace LocalRetrieval;

/// <summary>How the vectors of a text's tokens become the vector of the text.</summary>
public enum PoolingMode
{
    /// <summary>The mean over all tokens, special tokens included and padding left out.</summary>
    Mean,

    /// <summary>The vector of the first token.</summary>
    Cls,

    /// <summary>The largest value over all tokens, dimension by dimension.</summary>
    Max,

    /// <summary>The sum over all tokens, divided by the square root of their number.</summary>
    MeanSqrtLength,

    /// <summary>The mean over all tokens, the first weighted by 1, the second by 2, and so on.</summary>
    WeightedMean,

    /// <summary>The vector of the last token.</summary>
    LastToken,
}
