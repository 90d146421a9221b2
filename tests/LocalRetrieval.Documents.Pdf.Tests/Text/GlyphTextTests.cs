using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Pdf.Tests.Text;

public sealed class GlyphTextTests
{
    private static readonly GlyphFont Font = new("Serif", isBold: false);

    [Theory]
    [InlineData("ﬁ", "fi")]
    [InlineData("ﬂ", "fl")]
    [InlineData("ﬀ", "ff")]
    [InlineData("ﬃ", "ffi")]
    [InlineData("ﻼ", "لا")]
    [InlineData("\uF0B7", "•")]
    [InlineData("\u00A0", " ")]
    [InlineData("\u0000", "")]
    [InlineData("\uFFFD", "")]
    [InlineData("𠀋", "𠀋")]
    [InlineData("é", "é")]
    public void Clean_Sign_IsSpeltOut(string sign, string expected) => Assert.Equal(expected, GlyphCleaner.Clean(sign));

    [Fact]
    public void Compose_ChineseWithGaps_HasNoSpaces() => Assert.Equal("向量检索", GlyphText.Compose(Set("向量检索", width: 10, gap: 3)));

    [Fact]
    public void Compose_LatinWithGaps_HasSpaces() => Assert.Equal("a b", GlyphText.Compose([At("a", 0, 5), At("b", 8, 13)]));

    [Fact]
    public void Compose_LettersSetApart_AreOneWord() => Assert.Equal("CHAPTER ONE", GlyphText.Compose([.. Set("CHAPTER", 6, 3), .. Set("ONE", 6, 3, start: 75)]));

    [Fact]
    public void Compose_Hebrew_IsInTheOrderOfReading() => Assert.Equal("שלום עולם", GlyphText.Compose([.. Set("םלוע", 5, 0), .. Set("םולש", 5, 0, start: 24)]));

    [Fact]
    public void Compose_HebrewWithNumberAndLatin_KeepsTheirOrder() =>
        Assert.Equal("בשנת 1948 ב UTF", GlyphText.Compose([.. Set("UTF", 5, 0), At("ב", 19, 24), .. Set("1948", 5, 0, start: 28), .. Set("תנשב", 5, 0, start: 52)]));

    [Fact]
    public void Compose_HebrewInALatinLine_IsTurnedRoundAlone() =>
        Assert.Equal("say שלום to", GlyphText.Compose([.. Set("say", 5, 0), .. Set("םולש", 5, 0, start: 19), .. Set("to", 5, 0, start: 43)]));

    [Fact]
    public void Compose_RaisedDigits_AreSuperscripts() =>
        Assert.Equal("10⁻⁶", GlyphText.Compose([At("1", 0, 5), At("0", 5, 10), At("−", 10, 13) with { IsRaised = true }, At("6", 13, 16) with { IsRaised = true }]));

    [Fact]
    public void Compose_FixedPitch_KeepsBlanks() => Assert.Equal("a    b", GlyphText.Compose([At("a", 0, 6), At("b", 30, 36)], pitch: 6));

    [Fact]
    public void Build_SignsDrawnTwice_AreOne()
    {
        Segment segment = Assert.Single(SegmentBuilder.Build([At("a", 0, 5), At("a", 0.3, 5.3), At("b", 5, 10), At("b", 5.3, 10.3), At("b", 10, 15)]));

        Assert.Equal("abb", GlyphText.Compose(segment.Glyphs));
    }

    [Fact]
    public void Build_AccentsDrawnOverLetters_AreOneSign()
    {
        Segment segment = Assert.Single(SegmentBuilder.Build([At("R", 0, 6), At("e", 6, 11), At("´", 7, 10), At("¨", 12, 15), At("u", 11, 16)]));

        Assert.Equal("Réü", GlyphText.Compose(segment.Glyphs));
    }

    [Fact]
    public void Build_LetterOverSeveralLines_StartsTheFirst()
    {
        List<Segment> segments = SegmentBuilder.Build(
            [new Glyph("T", 0, 18, 88, 26, Font), .. Set("hebread", 5, 0, start: 20), .. Set("isbaked", 5, 0, start: 20).Select(glyph => glyph with { Baseline = 88 })]);

        Assert.Equal(["Thebread", "isbaked"], segments.Select(segment => GlyphText.Compose(segment.Glyphs)));
    }

    [Fact]
    public void Compose_RaisedLetterBehindAWord_IsAMark() =>
        Assert.Equal("Li b", GlyphText.Compose([At("L", 0, 5), At("i", 5, 7), At("b", 7, 10) with { IsRaised = true }]));

    private static Glyph At(string text, double left, double right) => new(text, left, right, 100, 10, Font);

    private static List<Glyph> Set(string text, double width, double gap, double start = 0) =>
        [.. text.Select((sign, index) => At(sign.ToString(), start + (index * (width + gap)), start + (index * (width + gap)) + width))];
}
