using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Normalizers;

namespace LocalRetrieval.Tokenizers.Tests.Normalizers;

public sealed class BertNormalizerTests
{
    private static readonly string Everything = Section("true", "true", "null", "true");
    private static readonly string LowercaseOnly = Section("false", "false", "false", "true");
    private static readonly string StripOnly = Section("false", "false", "true", "false");

    [Theory]
    [InlineData(nameof(Everything), "a\u0000b\uFFFDc\u200Dd\u00ADe\u007F", "abcde")]
    [InlineData(nameof(Everything), "a\tb\u00A0c\u0085d\u3000e\u2028f", "a b cd e f")]
    [InlineData(nameof(Everything), "x中文y", "x 中  文 y")]
    [InlineData(nameof(Everything), "\uF900", " 豈 ")]
    [InlineData(nameof(Everything), "\U0002B820\U0002B920", "\U0002B820 \U0002B920 ")]
    [InlineData(nameof(Everything), "ÀÉîõÜ ẞßſ İI ΣΑΣ Å", "aeiou ßßſ ii σασ a")]
    [InlineData(nameof(Everything), "각", "\u1100\u1161\u11A8")]
    [InlineData(nameof(Everything), "ﬁ Ⅷ Ǆ", "ﬁ ⅷ ǆ")]
    [InlineData(nameof(Everything), "\u1734\u1885\uA9BD", "\u1885\uA9BD")]
    [InlineData(nameof(LowercaseOnly), "İÀ\u0000\tẞΣ\U00010400", "i\u0307à\u0000\tßσ\U00010428")]
    [InlineData(nameof(StripOnly), "ÀBé", "ABe")]
    [InlineData(nameof(StripOnly), "\u0DDD", "\u0DD9\u0DCF")]
    [InlineData(nameof(StripOnly), "a\u302E\u0300\U0001D165", "a\U0001D165\u302E")]
    public void Normalize_Text_EqualsReference(string options, string text, string expected)
    {
        string section = options switch
        {
            nameof(Everything) => Everything,
            nameof(LowercaseOnly) => LowercaseOnly,
            _ => StripOnly,
        };

        // A normalized added token shows what the normalizer makes of its content.
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
        Tokenizer tokenizer = new TinyTokenizer()
            .Set("normalizer", StripOnly)
            .Set("model.vocab", """{ "[UNK]": 0, "a": 1, "##\ud834\udd65": 2, "##\u302e": 3 }""")
            .Load();

        TokenEncoding encoding = tokenizer.Encode("a\u302E\u0300\U0001D165", options: new EncodeOptions { AddSpecialTokens = false });

        Assert.Equal([1, 2, 3], encoding.Ids);
        Assert.Equal([new TokenOffset(0, 1), new TokenOffset(1, 2), new TokenOffset(2, 3)], encoding.Offsets);
    }

    [Theory]
    [InlineData("true", "true", "null", "true")]
    [InlineData("false", "false", "true", "false")]
    [InlineData("true", "true", "false", "true")]
    [InlineData("false", "true", "true", "true")]
    public void Normalize_AnyText_EqualsOnePassForEachStep(string clean, string chinese, string strip, string lowercase)
    {
        using JsonDocument section = JsonDocument.Parse(Section(clean, chinese, strip, lowercase));
        BertNormalizer normalizer = BertNormalizer.Read(new JsonField("test", "$", section.RootElement));
        bool stripAccents = (strip == "null" ? lowercase : strip) == "true";
        foreach (string text in NastyTexts.Generate(seed: 7, count: 2000))
        {
            NormalizedText actual = new();
            actual.Reset(text, 0, tracksOrigins: true);
            normalizer.Normalize(actual);
            NaiveNormalizedText expected = new(text);
            expected.NormalizeAsBert(clean == "true", chinese == "true", stripAccents, lowercase == "true");

            Assert.Equal(expected.ToString(), actual.Chars.ToString());
            Assert.Equal(expected.Origins, Enumerable.Range(0, actual.Length).Select(i => (actual.OriginStart(i), actual.OriginEnd(i))));
        }
    }

    private static string Section(string clean, string chinese, string strip, string lowercase) =>
        $$"""
        { "type": "BertNormalizer", "clean_text": {{clean}}, "handle_chinese_chars": {{chinese}}, "strip_accents": {{strip}},
          "lowercase": {{lowercase}} }
        """;
}
