namespace LocalRetrieval;

/// <summary>Whether what an encoder gives for a text depends on the texts that share its batch, as measured over a fixed probe.</summary>
/// <param name="LargestDifference">The largest absolute difference between a number of a text alone and the same number in a mixed batch.</param>
/// <param name="IsBitForBit">Whether all numbers were the same, bit for bit.</param>
/// <param name="Texts">How many texts the probe has.</param>
/// <param name="LongestTokens">The tokens of its longest text, special tokens left out: the model's limit, or 1,024 where that is more.</param>
public sealed record BatchIndependence(float LargestDifference, bool IsBitForBit, int Texts, int LongestTokens)
{
    /// <summary>The largest difference that counts as none: what the order of float32 sums accounts for.</summary>
    public const float Tolerance = 1e-5f;

    /// <summary>Whether <see cref="LargestDifference"/> is at most <see cref="Tolerance"/>.</summary>
    public bool IsIndependent => LargestDifference <= Tolerance;
}
