using LocalRetrieval.Testing;

namespace LocalRetrieval.Tokenizers.Tests;

public sealed class TokenizerBatchTests
{
    private static readonly string[] Texts = [.. NastyTexts.Generate(seed: 11, count: 600)];

    private static Tokenizer Tokenizer => TestData.Tokenizer;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(600)]
    public void EncodeBatch_AnyTexts_EqualsOneByOne(int count)
    {
        string[] texts = Texts[..count];

        AssertSame(texts.Select(text => Tokenizer.Encode(text)), Tokenizer.EncodeBatch(texts));
    }

    [Fact]
    public void EncodeBatch_Pairs_EqualsOneByOne()
    {
        TextPair[] pairs = [.. Texts.Zip(Texts.Reverse(), (text, pair) => new TextPair(text, pair))];
        EncodeOptions options = new()
        {
            Truncation = new() { MaxLength = 20 }, Padding = new() { Length = 30 }, OffsetUnit = OffsetUnit.Utf8Bytes,
        };

        AssertSame(pairs.Select(pair => Tokenizer.Encode(pair.Text, pair.Pair, options)), Tokenizer.EncodeBatch(pairs, options));
    }

    [Fact]
    public void EncodeBatch_PaddedToTheLongest_DiffersFromOneByOneInPaddingAlone()
    {
        IReadOnlyList<TokenEncoding> batch = Tokenizer.EncodeBatch(Texts, new EncodeOptions { Padding = new() { MultipleOf = 8, Id = 9 } });
        int longest = Texts.Max(text => Tokenizer.Encode(text).Count);

        Assert.All(batch, encoding => Assert.Equal((longest + 7) / 8 * 8, encoding.Count));
        for (int i = 0; i < Texts.Length; i++)
        {
            IReadOnlyList<int> ids = Tokenizer.Encode(Texts[i]).Ids;
            Assert.Equal(ids, batch[i].Ids.Take(ids.Count));
            Assert.All(batch[i].Ids.Skip(ids.Count), id => Assert.Equal(9, id));
            Assert.Equal(ids.Count, batch[i].AttentionMask.Sum());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(600)]
    public void EncodeBatch_TextsThatCannotBeEncoded_NamesTheFirst(int count)
    {
        string[] texts = Texts[..count];
        texts[2] = "a\uD800";
        texts[3] = null!;
        TextPair[] pairs = [.. texts.Select(text => new TextPair("a", text))];

        Assert.StartsWith(
            "texts[2]: The text is not well-formed UTF-16",
            Assert.Throws<ArgumentException>("texts", () => Tokenizer.EncodeBatch(texts)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "pairs[2]: The text is not well-formed UTF-16",
            Assert.Throws<ArgumentException>("pairs", () => Tokenizer.EncodeBatch(pairs)).Message,
            StringComparison.Ordinal);
        ErrorMessages.AssertReadable(Assert.Throws<ArgumentException>("texts", () => Tokenizer.EncodeBatch(texts)));
        ErrorMessages.AssertReadable(Assert.Throws<ArgumentException>("pairs", () => Tokenizer.EncodeBatch(pairs)));
        texts[2] = "a";
        Assert.StartsWith(
            "texts[3]: It is null.",
            Assert.Throws<ArgumentException>("texts", () => Tokenizer.EncodeBatch(texts)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6000)]
    public void EncodeBatch_TextThatNeedsAnUnknownTokenThatIsMissing_NamesTheFirst(int count)
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("model.unk_token", "\"[NONE]\"").Load();
        string[] texts = [.. Enumerable.Repeat("hello", count - 2), "hello \u2603", "\uD800"];

        string message = Assert.Throws<InvalidOperationException>(() => tokenizer.EncodeBatch(texts)).Message;

        Assert.StartsWith($"texts[{count - 2}]: ", message, StringComparison.Ordinal);
        Assert.Contains("'[NONE]'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void EncodeBatch_TruncationThatCannotBeDone_NamesTheText()
    {
        EncodeOptions options = new() { Truncation = new() { MaxLength = 4, Strategy = TruncationStrategy.OnlySecond } };

        Assert.StartsWith(
            "texts[1]: ",
            Assert.Throws<ArgumentException>(() => Tokenizer.EncodeBatch(["a", "a a a a a"], options)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(600)]
    public void EncodeBatch_Cancelled_Throws(int count)
    {
        CancellationToken cancelled = new(canceled: true);

        Assert.ThrowsAny<OperationCanceledException>(() => Tokenizer.EncodeBatch(Texts[..count], cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Tokenizer.DecodeBatch(new int[count][], cancellationToken: cancelled));
    }

    [Fact]
    public void EncodeBatch_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("texts", () => Tokenizer.EncodeBatch((string[])null!));
        Assert.Throws<ArgumentNullException>("pairs", () => Tokenizer.EncodeBatch((TextPair[])null!));
        Assert.Throws<ArgumentNullException>("batch", () => Tokenizer.DecodeBatch(null!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DecodeBatch_AnyIds_EqualsOneByOne(bool skipSpecialTokens)
    {
        int[][] batch = [.. Texts.Select(text => Tokenizer.EncodeToIds(text, addSpecialTokens: true)), [-1, int.MaxValue, 7, 3000]];

        Assert.Equal(batch.Select(ids => Tokenizer.Decode(ids, skipSpecialTokens)), Tokenizer.DecodeBatch(batch, skipSpecialTokens));
        Assert.StartsWith(
            "batch[1]: It is null.",
            Assert.Throws<ArgumentException>("batch", () => Tokenizer.DecodeBatch([[1], null!])).Message,
            StringComparison.Ordinal);
    }

    private static void AssertSame(IEnumerable<TokenEncoding> expected, IReadOnlyList<TokenEncoding> actual)
    {
        TokenEncoding[] all = [.. expected];
        Assert.Equal(all.Length, actual.Count);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal(all[i].Ids, actual[i].Ids);
            Assert.Equal(all[i].TypeIds, actual[i].TypeIds);
            Assert.Equal(all[i].SpecialTokensMask, actual[i].SpecialTokensMask);
            Assert.Equal(all[i].AttentionMask, actual[i].AttentionMask);
            Assert.Equal(all[i].Offsets, actual[i].Offsets);
            Assert.Equal(all[i].Tokens, actual[i].Tokens);
            Assert.Equal(all[i].SequenceIds, actual[i].SequenceIds);
            AssertSame(all[i].Overflow, actual[i].Overflow);
        }
    }
}
