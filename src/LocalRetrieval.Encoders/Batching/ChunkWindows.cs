namespace LocalRetrieval.Encoders;

/// <summary>Cuts a long text's tokens into overlapping windows.</summary>
/// <param name="overlap">How many tokens neighbours share; null for an eighth of a window.</param>
/// <param name="policy">Whether there are windows at all.</param>
internal readonly struct ChunkWindows(TruncationPolicy policy, int? overlap)
{
    private const int DefaultOverlapShare = 8;

    /// <summary>What of this decides the vectors of long texts; none where these are not cut into windows.</summary>
    public string[] Settings => policy == TruncationPolicy.ChunkAndPool ? ["windows", $"{overlap}"] : [];

    /// <summary>The windows that a generator's options ask for.</summary>
    /// <param name="policy">Whether there are windows at all.</param>
    /// <param name="chunkOverlap">How many tokens neighbours share, or null.</param>
    /// <param name="room">The tokens that a window has room for beside the longest prompt, or null for any number.</param>
    /// <param name="modelId">The model, for errors.</param>
    /// <exception cref="ArgumentOutOfRangeException">Windows would not move on.</exception>
    public static ChunkWindows Create(TruncationPolicy policy, int? chunkOverlap, int? room, string modelId) =>
        policy == TruncationPolicy.ChunkAndPool && chunkOverlap >= room
            ? throw new ArgumentOutOfRangeException(nameof(chunkOverlap), chunkOverlap, $"ChunkOverlap is {chunkOverlap}, but a window of the model '{modelId}' has room for {room} tokens. Set less.")
            : new ChunkWindows(policy, chunkOverlap);

    /// <summary>The windows, first to last; all but the last are full.</summary>
    /// <param name="tokens">The text's tokens, the prompt's first.</param>
    /// <param name="prompt">The prompt's tokens when it stands alone: those that the text really starts with are put before every window.</param>
    /// <param name="capacity">How many tokens a window holds, the prompt's included.</param>
    /// <param name="build">Makes what the model reads of a window's tokens.</param>
    /// <exception cref="ArgumentException">The prompt leaves no room for the text.</exception>
    public TokenizedText[] Cut(ReadOnlySpan<int> tokens, ReadOnlySpan<int> prompt, int capacity, Func<int[], TokenizedText> build)
    {
        if (tokens.Length <= capacity)
        {
            return [build(tokens.ToArray())];
        }

        // Where the text begins, a prompt's last token may have become another.
        int prefix = tokens.CommonPrefixLength(prompt);
        int room = capacity - prefix;
        if (room < 1)
        {
            throw new ArgumentException($"The prompt takes {prefix} of the {capacity} tokens that a window holds, which leaves no room for a text. Ask for a shorter prompt, or raise MaxTokens.");
        }

        ReadOnlySpan<int> text = tokens[prefix..];
        List<TokenizedText> windows = [];
        for (int start = 0, step = Math.Max(1, room - (overlap ?? room / DefaultOverlapShare)); ; start += step)
        {
            int length = Math.Min(room, text.Length - start);
            windows.Add(build([.. tokens[..prefix], .. text.Slice(start, length)]) with { Weight = length });
            if (start + length == text.Length)
            {
                return [.. windows];
            }
        }
    }
}
