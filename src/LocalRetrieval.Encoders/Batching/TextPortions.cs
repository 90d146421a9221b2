namespace LocalRetrieval.Encoders;

/// <summary>Cuts a call's texts into portions that are tokenized one after another, while those before are run.</summary>
internal static class TextPortions
{
    // Fewer than most texts have, so that portions are rather small.
    private const int CharsPerToken = 4;

    // What a text costs beside its characters: special tokens and a place in a run.
    private const int CharsPerText = 16;

    /// <param name="texts">The texts.</param>
    /// <param name="limits">What a portion has at the most.</param>
    /// <param name="request">The order of the texts, which is otherwise by length, the longest first, so that texts of about one length share a portion; and what is read of them.</param>
    /// <returns>The texts' indices, portion by portion.</returns>
    public static List<int[]> Cut(string[] texts, PortionLimits limits, PortionRequest request)
    {
        int[] lengths = Array.ConvertAll(texts, text => text.Length);
        int[] order = request.IsInOrder ? BatchPlanner.InputOrder(texts.Length) : BatchPlanner.LongestFirst(lengths);
        long read = (long)(request.MaxRowTokens ?? int.MaxValue) * CharsPerToken;
        List<int[]> portions = [];
        int start = 0;
        long chars = 0;
        long bytes = 0;
        for (int i = 0; i < order.Length; i++)
        {
            long addedChars = Math.Min(lengths[order[i]], read) + CharsPerText;
            long addedBytes = (long)lengths[order[i]] * sizeof(char);
            if (i > start && (chars + addedChars > limits.Tokens * CharsPerToken || bytes + addedBytes > limits.Bytes || i - start == limits.Texts))
            {
                portions.Add(order[start..i]);
                (start, chars, bytes) = (i, 0, 0);
            }

            chars += addedChars;
            bytes += addedBytes;
        }

        if (start < order.Length)
        {
            portions.Add(order[start..]);
        }

        return portions;
    }
}
