namespace LocalRetrieval.Tokenizers.Tests;

public sealed class TokenizerInputsTests
{
    [Theory]
    [InlineData("hello, world", null)]
    [InlineData("", null)]
    [InlineData("hello", "world world")]
    [InlineData("hello", "")]
    public void BuildInputs_ContentIds_EqualsEncode(string text, string? pair)
    {
        Tokenizer tokenizer = TestData.Tokenizer;
        int[] first = tokenizer.EncodeToIds(text);
        int[] second = tokenizer.EncodeToIds(pair);
        int[] ids = new int[first.Length + second.Length + tokenizer.CountSpecialTokens(pair is not null)];
        int[] typeIds = new int[ids.Length];
        if (pair is null)
        {
            tokenizer.BuildInputs(first, ids, typeIds);
        }
        else
        {
            tokenizer.BuildInputs(first, second, ids, typeIds);
        }

        TokenEncoding expected = tokenizer.Encode(text, pair);
        Assert.Equal(expected.Ids, ids);
        Assert.Equal(expected.TypeIds, typeIds);
    }

    [Fact]
    public void BuildInputs_WrongLength_ThrowsWithTheRightOne()
    {
        Tokenizer tokenizer = TestData.Tokenizer;

        Assert.Contains(
            "Pass 3.",
            Assert.Throws<ArgumentException>("destination", () => tokenizer.BuildInputs([7], new int[4], new int[3])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("typeIds", () => tokenizer.BuildInputs([7], new int[3], new int[2]));
        Assert.Throws<ArgumentException>("destination", () => tokenizer.BuildInputs([7], [8], new int[4], new int[5]));
    }

    [Fact]
    public void CountSpecialTokens_NoPostProcessor_IsZero()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("post_processor", null).Load();

        Assert.Equal(0, tokenizer.CountSpecialTokens(pair: true));
        Assert.Equal([5, 6], tokenizer.Encode("hello", "world").Ids);
        Assert.Equal([0, 1], tokenizer.Encode("hello", "world").TypeIds);
        Assert.Equal(2, TestData.Tokenizer.CountSpecialTokens(pair: false));
        Assert.Equal(3, TestData.Tokenizer.CountSpecialTokens(pair: true));
    }
}
