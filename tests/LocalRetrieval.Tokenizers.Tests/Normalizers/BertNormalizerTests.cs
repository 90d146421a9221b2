namespace LocalRetrieval.Tokenizers.Tests.Normalizers;

public sealed class BertNormalizerTests
{
    private const string Everything = """{ "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true }""";
    private const string LowercaseOnly = """{ "type": "BertNormalizer", "clean_text": false, "handle_chinese_chars": false, "strip_accents": false, "lowercase": true }""";
    private const string StripOnly = """{ "type": "BertNormalizer", "clean_text": false, "handle_chinese_chars": false, "strip_accents": true, "lowercase": false }""";

    [Theory]
    [InlineData(Everything, "a\u0000b\uFFFDc\u200Dd\u00ADe\u007F", "abcde")]
    [InlineData(Everything, "a\tb\u00A0c\u0085d\u3000e\u2028f", "a b cd e f")]
    [InlineData(Everything, "x中文y", "x 中  文 y")]
    [InlineData(Everything, "\uF900", " 豈 ")]
    [InlineData(Everything, "\U0002B820\U0002B920", "\U0002B820 \U0002B920 ")]
    [InlineData(Everything, "ÀÉîõÜ ẞßſ İI ΣΑΣ Å", "aeiou ßßſ ii σασ a")]
    [InlineData(Everything, "각", "\u1100\u1161\u11A8")]
    [InlineData(Everything, "ﬁ Ⅷ Ǆ", "ﬁ ⅷ ǆ")]
    [InlineData(Everything, "\u1734\u1885\uA9BD", "\u1885\uA9BD")]
    [InlineData(LowercaseOnly, "İÀ\u0000\tẞΣ\U00010400", "i\u0307à\u0000\tßσ\U00010428")]
    [InlineData(StripOnly, "ÀBé", "ABe")]
    [InlineData(StripOnly, "\u0DDD", "\u0DD9\u0DCF")]
    [InlineData(StripOnly, "a\u302E\u0300\U0001D165", "a\U0001D165\u302E")]
    public void Normalize_Text_EqualsReference(string section, string text, string expected)
    {
        // Without a pre-tokenizer, a normalized added token shows what the normalizer makes of its content.
        Tokenizer tokenizer = new TinyTokenizer().Set("normalizer", section).AddToken(text, normalized: true).Load();

        Assert.Equal(expected, tokenizer.IdToToken(23));
    }

    [Fact]
    public void Encode_NormalizedText_OffsetsPointIntoTheOriginal()
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();

        TokenEncoding encoding = tokenizer.Encode("\u200DHE\u0301LLO\u00A0中,", options: new EncodeOptions { AddSpecialTokens = false });

        Assert.Equal(["hello", "中", ","], encoding.Tokens);
        Assert.Equal([new TokenOffset(1, 7), new TokenOffset(8, 9), new TokenOffset(9, 10)], encoding.Offsets);
    }

    [Fact]
    public void Encode_MarksThatChangePlaces_OriginsStayInOrder()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("normalizer", StripOnly).Set("model.vocab", """{ "[UNK]": 0, "a": 1, "##\ud834\udd65": 2, "##\u302e": 3 }""").Load();

        TokenEncoding encoding = tokenizer.Encode("a\u302E\u0300\U0001D165", options: new EncodeOptions { AddSpecialTokens = false });

        Assert.Equal([1, 2, 3], encoding.Ids);
        Assert.Equal([new TokenOffset(0, 1), new TokenOffset(1, 2), new TokenOffset(2, 3)], encoding.Offsets);
    }
}
