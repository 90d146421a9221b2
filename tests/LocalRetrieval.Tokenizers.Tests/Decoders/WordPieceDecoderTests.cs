namespace LocalRetrieval.Tokenizers.Tests.Decoders;

public sealed class WordPieceDecoderTests
{
    [Theory]
    [InlineData(new[] { 7, 8, 9, 13, 5, 14 }, "unwanted, hello.")]
    [InlineData(new[] { 8, 5 }, "##want hello")]
    [InlineData(new[] { 18, 19, 20 }, "don ' t")]
    [InlineData(new[] { 2, 5, 3, 4 }, "[CLS] hello [SEP]")]
    [InlineData(new[] { 5, 99, -1, 6 }, "hello world")]
    [InlineData(new int[0], "")]
    public void Decode_Ids_JoinsPieces(int[] ids, string expected)
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();

        Assert.Equal(expected, tokenizer.Decode(ids));
        Assert.Equal(expected, tokenizer.Decode(ids.AsSpan()));
        Assert.Equal(expected, tokenizer.Decode(ids.ToList()));
    }

    [Fact]
    public void Decode_SpecialTokensKept_ShowsThem() =>
        Assert.Equal("hello [MASK]", new TinyTokenizer().Load().Decode([5, 4], skipSpecialTokens: false));

    [Fact]
    public void Decode_NoCleanup_LeavesSpaces()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("decoder.cleanup", "false").Load();

        Assert.Equal("hello , world .", tokenizer.Decode([5, 13, 6, 14]));
    }

    [Fact]
    public void Decode_NoDecoder_JoinsBySpace() =>
        Assert.Equal("un ##want", new TinyTokenizer().Set("decoder", null).Load().Decode([7, 8]));
}
