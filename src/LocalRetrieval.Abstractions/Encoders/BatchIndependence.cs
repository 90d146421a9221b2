namespace LocalRetrieval;

/// <summary>Whether what an encoder gives for a text depends on the texts that share its batch, as measured over a fixed probe.</summary>
public sealed record BatchIndependence
{
    /// <summary>The largest difference that counts as none: what the order of float32 sums accounts for.</summary>
    public const float Tolerance = 1e-5f;

    /// <summary>Whether <see cref="LargestDifference"/> is at most <see cref="Tolerance"/>.</summary>
    public bool IsIndependent => LargestDifference <= Tolerance;

    /// <summary>The largest absolute difference between a number of a text alone and the same number in a mixed batch.</summary>
    public required float LargestDifference { get; init; }

    /// <summary>Whether all numbers were the same, bit for bit.</summary>
    public required bool IsBitForBit { get; init; }

    /// <summary>How many texts the probe has.</summary>
    public required int Texts { get; init; }

    /// <summary>The tokens of its longest text, special tokens left out: the model's limit, or 1,024 where that is more.</summary>
    public required int LongestTokens { get; init; }
}
