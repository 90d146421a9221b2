namespace LocalRetrieval.Tokenizers.Tests.AddedTokens;

public sealed class AddedVocabularyTests
{
    private static readonly EncodeOptions ContentOnly = new() { AddSpecialTokens = false };

    [Fact]
    public void Encode_TokensThatOverlap_TakesTheLeftmostAndLongest()
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<a>").AddToken("<a><b>").AddToken("<b>").Load();

        Assert.Equal(["<a><b>", "<b>", "<a>"], Encode(tokenizer, "<a><b><b><a>").Tokens);
    }

    [Theory]
    [InlineData("hello <m> world", 5, 10)]
    [InlineData("hello<m>world", 5, 8)]
    public void Encode_TokenThatStrips_TakesWhiteSpace(string text, int start, int end)
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<m>", lstrip: true, rstrip: true).Load();

        TokenEncoding encoding = Encode(tokenizer, text);

        Assert.Equal([5, 23, 6], encoding.Ids);
        Assert.Equal(new TokenOffset(start, end), encoding.Offsets[1]);
        Assert.Equal(text[start..end], encoding.Tokens[1]);
    }

    [Fact]
    public void Encode_TokensThatBothStrip_SpaceGoesToTheFirst()
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<m>", lstrip: true, rstrip: true).Load();

        Assert.Equal([new TokenOffset(0, 4), new TokenOffset(4, 7)], Encode(tokenizer, "<m> <m>").Offsets);
    }

    [Theory]
    [InlineData("<r>  <l>", "0-5 5-8")]
    [InlineData("<r> a <l>", "0-4 4-5 5-9")]
    [InlineData("<l> <r>", "0-3 4-7")]
    [InlineData("<l><r>", "0-3 3-6")]
    [InlineData("<r> <sp>", "0-4 3-8")]
    public void Encode_TokensSideBySide_ShareWhiteSpaceAsInTheReference(string text, string ranges)
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<r>", rstrip: true).AddToken("<l>", lstrip: true).AddToken(" <sp>").Load();

        Assert.Equal(ranges, string.Join(' ', Encode(tokenizer, text).Offsets.Select(offset => $"{offset.Start}-{offset.End}")));
    }

    /// <summary>A match of which nothing is left is none; the reference gives that for one space, and panics for two.</summary>
    [Theory]
    [InlineData("<r> a")]
    [InlineData("<r>  a")]
    public void Encode_WhiteSpaceTokenThatIsTaken_IsNotFound(string text)
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<r>", rstrip: true).AddToken(" ", lstrip: true).Load();

        Assert.Equal([23, 10], Encode(tokenizer, text).Ids);
        Assert.Equal([23, 10], tokenizer.EncodeToIds(text));
    }

    [Theory]
    [InlineData("a xy a", true)]
    [InlineData("xy", true)]
    [InlineData("(xy)", true)]
    [InlineData("xya", false)]
    [InlineData("1xy", false)]
    [InlineData("_xy", false)]
    [InlineData("éxy", false)]
    [InlineData("xy\u0301", false)]
    [InlineData("𝐀xy", false)]
    [InlineData("Ⓐxy", false)]
    [InlineData("xy\u200D", false)]
    [InlineData("😀xy", true)]
    public void Encode_SingleWord_IsFoundOnlyAlone(string text, bool found)
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("xy", singleWord: true).Load();

        Assert.Equal(found, Encode(tokenizer, text).Tokens.Contains("xy"));
    }

    [Fact]
    public void Encode_NormalizedToken_IsFoundInNormalizedText()
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("Größe", normalized: true).AddToken("Tag").Load();

        TokenEncoding encoding = Encode(tokenizer, "aGRO\u0308ßETagtag");

        Assert.Equal([10, 23, 24, 1], encoding.Ids);
        Assert.Equal([new TokenOffset(0, 1), new TokenOffset(1, 7), new TokenOffset(7, 10), new TokenOffset(10, 13)], encoding.Offsets);
        Assert.Equal("große", encoding.Tokens[1]);
        Assert.Equal("große", tokenizer.IdToToken(23));
        Assert.Equal(23, tokenizer.TokenToId("Größe"));
    }

    [Fact]
    public void Load_TokenTheModelKnows_HasTheModelsId()
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("hello").AddToken("<x>").AddToken("").AddToken("<y>").Load();

        Assert.Equal([5, 23, 24], new[] { "hello", "<x>", "<y>" }.Select(token => tokenizer.TokenToId(token)!.Value));
    }

    /// <summary>What tokenizers 0.23.2 gives; up to 0.22.1 the second would be 71.</summary>
    [Fact]
    public void Load_ModelWithGapsInItsIds_NumbersFromItsSize()
    {
        Tokenizer tokenizer = new TinyTokenizer()
            .Set("model.vocab", """{ "[UNK]": 0, "a": 70 }""")
            .Set("added_tokens", "[]")
            .AddToken("<x>")
            .AddToken("a")
            .AddToken("<y>")
            .Load();

        Assert.Equal([70, 2, 3], new[] { "a", "<x>", "<y>" }.Select(token => tokenizer.TokenToId(token)!.Value));
        Assert.Equal(4, tokenizer.VocabularySize);
        Assert.Equal(70, tokenizer.MaxTokenId);
    }

    [Fact]
    public void Load_TokenTwice_TakesTheLast()
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<x>").AddToken("<x>", rstrip: true).Load();

        Assert.True(Assert.Single(tokenizer.AddedTokens, token => token.Content == "<x>").RightStrip);
        Assert.Equal(24, tokenizer.VocabularySize);
    }

    private static TokenEncoding Encode(Tokenizer tokenizer, string text) => tokenizer.Encode(text, options: ContentOnly);
}
