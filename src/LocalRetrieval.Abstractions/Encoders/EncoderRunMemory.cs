namespace LocalRetrieval;

/// <summary>What a run of an encoder takes of memory beside the model itself, by the texts in it and their length.</summary>
/// <remarks>
/// Texts padded to n tokens each take texts * n * max(<see cref="FeedForwardBytes"/>, <see cref="AttentionBytes"/> + n * <see cref="AttentionPairBytes"/>): a run holds
/// either what a feed-forward layer makes of its tokens or what attention does, whose matrix has an entry for each two tokens of a text. Immutable and safe
/// for concurrent use.
/// </remarks>
public sealed record EncoderRunMemory
{
    /// <summary>Whether it was measured with this model; otherwise it is what no common encoder exceeds.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Bytes a token of short texts.</summary>
    public required double FeedForwardBytes { get; init; }

    /// <summary>Bytes a token of long texts, beside <see cref="AttentionPairBytes"/>; may be negative, since both are fitted together.</summary>
    public required double AttentionBytes { get; init; }

    /// <summary>Bytes a token and each token of its text.</summary>
    public required double AttentionPairBytes { get; init; }

    /// <summary>Predicts what a run takes.</summary>
    /// <param name="texts">The number of texts, or pairs.</param>
    /// <param name="tokens">The length that they are padded to: the tokens of the longest.</param>
    /// <returns>Bytes.</returns>
    public long Predict(int texts, int tokens) => (long)((double)texts * tokens * Math.Max(FeedForwardBytes, AttentionBytes + (tokens * AttentionPairBytes)));
}
