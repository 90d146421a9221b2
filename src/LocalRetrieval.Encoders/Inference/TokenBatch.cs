namespace LocalRetrieval.Encoders;

/// <summary>The texts of one run.</summary>
/// <param name="Texts">All texts.</param>
/// <param name="Rows">The indices of those that run, row by row.</param>
/// <param name="Tokens">The padded length of each row.</param>
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
