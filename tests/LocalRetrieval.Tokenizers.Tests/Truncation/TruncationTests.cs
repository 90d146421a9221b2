namespace LocalRetrieval.Tokenizers.Tests.Truncation;

public sealed class TruncationTests
{
    [Theory]
    [InlineData(5, 5, 10, 5, 5)]
    [InlineData(5, 20, 15, 5, 10)]
    [InlineData(20, 5, 15, 10, 5)]
    [InlineData(20, 20, 15, 7, 8)]
    [InlineData(21, 20, 15, 8, 7)]
    [InlineData(3, 20, 2, 1, 1)]
    [InlineData(20, 20, 1, 0, 1)]
    [InlineData(9, 9, 0, 0, 0)]
    [InlineData(20, 0, 15, 15, 0)]
    [InlineData(int.MaxValue, int.MaxValue, 15, 7, 8)]
    public void TruncationLengths_LongestFirst_EqualsReference(int first, int second, int budget, int keptFirst, int keptSecond) =>
        Assert.Equal(new PairLengths(keptFirst, keptSecond), TruncationOptions.TruncationLengths(first, second, budget));

    [Fact]
    public void TruncationLengths_OneSide_CutsItAlone()
    {
        Assert.Equal(new PairLengths(6, 9), TruncationOptions.TruncationLengths(9, 9, 15, TruncationStrategy.OnlyFirst));
        Assert.Equal(new PairLengths(9, 6), TruncationOptions.TruncationLengths(9, 9, 15, TruncationStrategy.OnlySecond));
        Assert.Throws<ArgumentException>(() => TruncationOptions.TruncationLengths(9, 15, 15, TruncationStrategy.OnlyFirst));
        Assert.Throws<ArgumentException>(() => TruncationOptions.TruncationLengths(16, 0, 15, TruncationStrategy.OnlySecond));
        Assert.Throws<ArgumentOutOfRangeException>(() => TruncationOptions.TruncationLengths(9, 9, 15, (TruncationStrategy)3));
    }

    [Theory]
    [InlineData(TruncationDirection.Right, new[] { 10, 13, 14 }, new[] { 14, 5 })]
    [InlineData(TruncationDirection.Left, new[] { 13, 14, 5 }, new[] { 10, 13 })]
    public void Encode_Stride_WindowsOverlap(TruncationDirection direction, int[] kept, int[] overflow)
    {
        TokenEncoding encoding = Encode("a , . hello", 3, 1, direction);

        Assert.Equal(kept, encoding.Ids);
        Assert.Equal(overflow, Assert.Single(encoding.Overflow).Ids);
    }

    [Fact]
    public void Encode_NoRoomForContent_OverflowHoldsAllOfIt()
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();

        TokenEncoding encoding = tokenizer.Encode("hello world", options: new EncodeOptions { Truncation = new() { MaxLength = 2 } });

        Assert.Equal([2, 3], encoding.Ids);
        Assert.Equal([2, 5, 6, 3], Assert.Single(encoding.Overflow).Ids);
    }

    [Fact]
    public void Encode_NoRoomForSpecialTokens_ThrowsWithTheFix()
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();

        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => tokenizer.Encode("a", options: new EncodeOptions { Truncation = new() { MaxLength = 1 } }));

        Assert.Contains("Raise MaxLength or set AddSpecialTokens to false", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_StrideTooLarge_ThrowsWithTheFix()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Encode("a a a a", 3, 3));

        Assert.Contains("Lower Stride below 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_TruncationInFile_CutsUnlessOverridden()
    {
        const string Section = """{ "direction": "Left", "max_length": 3, "strategy": "OnlyFirst", "stride": 0 }""";
        TinyTokenizer file = new TinyTokenizer().Set("truncation", Section);
        Tokenizer tokenizer = file.Load();
        Tokenizer off = file.Load(new TokenizerOptions { Truncation = TruncationOptions.None });
        TruncationOptions expected = new() { MaxLength = 3, Strategy = TruncationStrategy.OnlyFirst, Direction = TruncationDirection.Left };

        Assert.Equal(expected, tokenizer.Truncation);
        Assert.Equal([2, 6, 3], tokenizer.Encode("hello world").Ids);
        Assert.Equal([2, 5, 3], Assert.Single(tokenizer.Encode("hello world").Overflow).Ids);
        Assert.Equal([2, 5, 3], tokenizer.Encode("hello world", options: new() { Truncation = new() { MaxLength = 3 } }).Ids);
        Assert.Equal(4, tokenizer.Encode("hello world", options: new() { Truncation = TruncationOptions.None }).Count);
        Assert.Null(off.Truncation);
        Assert.Equal(4, off.Encode("hello world").Count);
        Assert.Equal(4, tokenizer.CountTokens("hello world", addSpecialTokens: true));
    }

    private static TokenEncoding Encode(string text, int maxLength, int stride, TruncationDirection direction = default) =>
        new TinyTokenizer().Load().Encode(text, options: new EncodeOptions
        {
            AddSpecialTokens = false,
            Truncation = new TruncationOptions { MaxLength = maxLength, Stride = stride, Direction = direction },
        });
}
