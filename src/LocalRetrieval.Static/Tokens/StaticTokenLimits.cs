using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Static.Tokens;

/// <summary>How much of a text a static model reads.</summary>
/// <param name="MaxTokens">The tokens that count, or null for all.</param>
/// <param name="MaxCharacters">The code points of a text that are tokenized at all, or null for all.</param>
/// <param name="UnknownId">The token that does not count, or null.</param>
internal sealed record StaticTokenLimits(int? MaxTokens, long? MaxCharacters, int? UnknownId)
{
    // What model2vec takes where it is not told.
    private const int DefaultMaxTokens = 512;

    /// <summary>
    /// model2vec's: unknown tokens are left out, and before it counts tokens it cuts a text to as many characters as that many tokens of
    /// the vocabulary's median length have.
    /// </summary>
    public static StaticTokenLimits Model2Vec(Tokenizer tokenizer, int? maxTokens)
    {
        int limit = maxTokens ?? DefaultMaxTokens;
        return new StaticTokenLimits(limit, (long)limit * MedianTokenLength(tokenizer), tokenizer.UnknownTokenId);
    }

    /// <summary>sentence-transformers': every token counts.</summary>
    public static StaticTokenLimits SentenceTransformers(int? maxTokens) => new(maxTokens, MaxCharacters: null, UnknownId: null);

    private static int MedianTokenLength(Tokenizer tokenizer)
    {
        // In code points, as Python counts characters.
        int[] lengths = [.. tokenizer.GetVocabulary().Keys.Select(token => token.Length - token.Count(char.IsLowSurrogate)).Order()];
        return lengths.Length == 0 ? 0 : (lengths[(lengths.Length - 1) / 2] + lengths[lengths.Length / 2]) / 2;
    }
}
