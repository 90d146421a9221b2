namespace LocalRetrieval.Encoders;

/// <summary>The rows of one run.</summary>
/// <param name="Texts">All that a call reads, of which the run takes some.</param>
/// <param name="Rows">The indices of those that run, row by row.</param>
/// <param name="Tokens">The padded length of each row: that of the longest.</param>
internal readonly record struct TokenBatch(TokenizedText[] Texts, int[] Rows, int Tokens)
{
    public static TokenBatch Of(TokenizedText[] texts, int[] rows)
    {
        int tokens = 0;
        foreach (int row in rows)
        {
            tokens = Math.Max(tokens, texts[row].Ids.Length);
        }

        return new TokenBatch(texts, rows, tokens);
    }
}
