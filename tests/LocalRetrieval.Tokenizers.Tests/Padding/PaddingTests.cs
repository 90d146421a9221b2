namespace LocalRetrieval.Tokenizers.Tests.Padding;

public sealed class PaddingTests
{
    private const string Section =
        """
        {
          "strategy": { "Fixed": 6 }, "direction": "Left", "pad_to_multiple_of": 4, "pad_id": 1, "pad_type_id": 2, "pad_token": "<p>"
        }
        """;

    private static readonly PaddingOptions OfTheFile = new()
    {
        Length = 6, Direction = PaddingDirection.Left, MultipleOf = 4, Id = 1, TypeId = 2, Token = "<p>",
    };

    [Fact]
    public void Encode_PaddingInFile_FillsUp()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("padding", Section).Load();
        TokenEncoding encoding = tokenizer.Encode("hello");

        Assert.Equal(OfTheFile, tokenizer.Padding);
        Assert.Equal([1, 1, 1, 1, 1, 2, 5, 3], encoding.Ids);
        Assert.Equal([2, 2, 2, 2, 2, 0, 0, 0], encoding.TypeIds);
        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 1], encoding.SpecialTokensMask);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1], encoding.AttentionMask);
        Assert.Equal([null, null, null, null, null, null, 0, null], encoding.SequenceIds);
        Assert.Equal(["<p>", "<p>", "<p>", "<p>", "<p>", "[CLS]", "hello", "[SEP]"], encoding.Tokens);
        Assert.Equal([default, default, default, default, default, default, new(0, 5), default], encoding.Offsets);
    }

    [Fact]
    public void Encode_Overridden_FollowsTheNearest()
    {
        TinyTokenizer file = new TinyTokenizer().Set("padding", Section);
        Tokenizer off = file.Load(new TokenizerOptions { Padding = PaddingOptions.None });
        Tokenizer other = file.Load(new TokenizerOptions { Padding = new() { Length = 5 } });

        Assert.Null(off.Padding);
        Assert.Equal(3, off.Encode("hello").Count);
        Assert.Equal(5, other.Encode("hello").Count);
        Assert.Equal(3, other.Encode("hello", options: new() { Padding = PaddingOptions.None }).Count);
        Assert.Equal(4, other.Encode("hello", options: new() { Padding = new() { Length = 4 } }).Count);
        Assert.Equal(8, file.Load().Encode("hello", options: new()).Count);
    }

    [Fact]
    public void EncodeBatch_LongestOfTheBatch_FillsUpAllAndTheirOverflow()
    {
        EncodeOptions options = new() { Truncation = new() { MaxLength = 4 }, Padding = new() };
        IReadOnlyList<TokenEncoding> batch = new TinyTokenizer().Load().EncodeBatch(["a", "hello world hello"], options);

        Assert.Equal([2, 10, 3, 0], batch[0].Ids);
        Assert.Equal([2, 5, 6, 3], batch[1].Ids);
        Assert.Equal([2, 5, 3, 0], Assert.Single(batch[1].Overflow).Ids);
        Assert.Equal([1, 1, 1, 0], batch[1].Overflow[0].AttentionMask);
    }

    [Theory]
    [InlineData("""{ "strategy": "longest", "direction": "Left", "pad_id": 1, "pad_type_id": 0, "pad_token": "p" }""", "strategy is 'longest'")]
    [InlineData("""{ "strategy": { "Fixed": 3, "X": 1 }, "direction": "Left", "pad_id": 1 }""", "strategy is an object with Fixed, X")]
    [InlineData("""{ "strategy": { "Fixed": -1 }, "direction": "Left", "pad_id": 1 }""", "strategy['Fixed'] is -1")]
    [InlineData("""{ "strategy": "BatchLongest", "direction": "left", "pad_id": 1, "pad_type_id": 0, "pad_token": "p" }""", "direction is 'left'")]
    [InlineData("""{ "strategy": "BatchLongest", "direction": "Left", "pad_id": -1, "pad_type_id": 0, "pad_token": "p" }""", "pad_id is -1")]
    [InlineData("""{ "strategy": "BatchLongest", "direction": "Left", "pad_id": 1, "pad_type_id": 0 }""", "pad_token is missing")]
    [InlineData("""{ "strategy": "BatchLongest", "pad_id": 1, "pad_type_id": 0, "pad_token": "p" }""", "direction is missing")]
    [InlineData(
        """{ "strategy": "BatchLongest", "direction": "Left", "pad_to_multiple_of": -1, "pad_id": 1, "pad_type_id": 0, "pad_token": "p" }""",
        "pad_to_multiple_of is -1")]
    [InlineData(
        """{ "strategy": { "Fixed": 2147483647 }, "direction": "Left", "pad_id": 1, "pad_type_id": 0, "pad_token": "p" }""",
        "strategy['Fixed'] is 2147483647; supported: a whole number from 0 to 1048576")]
    [InlineData(
        """{ "strategy": "BatchLongest", "direction": "Left", "pad_to_multiple_of": 1e9, "pad_id": 1, "pad_type_id": 0, "pad_token": "p" }""",
        "pad_to_multiple_of is 1e9")]
    [InlineData(
        """{ "strategy": "BatchLongest", "direction": "Left", "pad_to_multiple_of": 1048577, "pad_id": 1, "pad_type_id": 0, "pad_token": "p" }""",
        "pad_to_multiple_of is 1048577")]
    public void Load_BadSection_NamesTheField(string section, string problem)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => new TinyTokenizer().Set("padding", section).Load());

        Assert.Contains($"$.padding.{problem}", exception.Message, StringComparison.Ordinal);
    }
}
