namespace LocalRetrieval.Onnx.Batching;

/// <summary>Cuts a long text's tokens into overlapping windows.</summary>
/// <param name="overlap">How many tokens neighbours share; null for an eighth of a window.</param>
internal readonly struct TokenWindows(int? overlap)
{
    private const int DefaultOverlapShare = 8;

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
