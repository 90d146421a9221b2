using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Tests.Normalizers;

public sealed class UnicodeNormalizerTests
{
    private static readonly UnicodeNormalizer Nfc = new(compatibility: false, composes: true);

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("a\u0323\u0302", "ậ")]
    [InlineData("a\u0302\u0323", "ậ")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("\uD558\u11AB", "한")]
    [InlineData("\u212B\u2126", "ÅΩ")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u0301a", "\u0301a")]
    [InlineData("a\u0327\u0301", "á\u0327")]
    [InlineData("\U000110A5\U000110BA", "\U000110AB")]
    [InlineData("ﬁ①", "ﬁ①")]
    [InlineData("plain é", "plain é")]
    public void Normalize_Text_IsComposed(string text, string expected) => Assert.Equal(expected, Nfc.Normalize(text));

    [Fact]
    public void Normalize_ComposedCharacter_HasTheOriginOfItsFirstPart()
    {
        NormalizedText text = new();
        text.Reset("xe\u0301y", 10, tracksOrigins: true);

        Nfc.Normalize(text);

        Assert.Equal("xéy", text.Chars);
        Assert.Equal((11, 12), (text.OriginStart(1), text.OriginEnd(1)));
        Assert.Equal((13, 14), (text.OriginStart(2), text.OriginEnd(2)));
    }

    [Fact]
    public void Compose_EveryComposedCharacter_IsComposedOfItsParts()
    {
        ReadOnlySpan<int> mappings = CanonicalDecompositions.Mappings;
        int composed = 0;
        for (int i = 0; i < mappings.Length; i += 3)
        {
            int found = mappings[i + 2] == 0 ? 0 : Compositions.Compose(mappings[i + 1], mappings[i + 2]);
            Assert.True(found == 0 || found == mappings[i]);
            composed += found == 0 ? 0 : 1;
        }

        Assert.Equal(940, composed);
    }
}
