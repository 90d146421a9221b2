namespace LocalRetrieval.Encoders;

/// <summary>Cuts a call's texts into portions that are tokenized one after another, while those before are run.</summary>
internal static class TextPortions
{
    // Fewer than most texts have, so that portions are rather small.
    private const int CharsPerToken = 4;

    // What a text costs beside its characters: special tokens and a place in a run.
    private const int CharsPerText = 16;

    /// <param name="texts">The texts.</param>
    /// <param name="tokens">About as many tokens make a portion; a longer text is one alone.</param>
    /// <param name="isInOrder">Whether the order of the texts is kept; otherwise the longest come first, so that texts of about one length share a portion.</param>
    /// <returns>The texts' indices, portion by portion.</returns>
    public static List<int[]> Cut(string[] texts, long tokens, bool isInOrder)
    {
        int[] lengths = Array.ConvertAll(texts, text => text.Length);
        int[] order = isInOrder ? BatchPlanner.InputOrder(texts.Length) : BatchPlanner.LongestFirst(lengths);
        List<int[]> portions = [];
        int start = 0;
        long chars = 0;
        for (int i = 0; i < order.Length; i++)
        {
            long added = lengths[order[i]] + CharsPerText;
            if (i > start && chars + added > tokens * CharsPerToken)
            {
                portions.Add(order[start..i]);
                (start, chars) = (i, 0);
            }

            chars += added;
        }

        if (start < order.Length)
        {
            portions.Add(order[start..]);
        }

        return portions;
    }
}
