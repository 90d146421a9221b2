namespace LocalRetrieval.Tokenizers.Tests;

public sealed class TokenizerIdsTests
{
    [Fact]
    public void EncodeToIds_Destination_EqualsTheAllocatingOverload()
    {
        Tokenizer tokenizer = TestData.Tokenizer;
        foreach (string text in NastyTexts.Generate(seed: 13, count: 300))
        {
            int[] ids = tokenizer.EncodeToIds(text);
            int[] destination = [.. Enumerable.Repeat(-7, ids.Length + 2)];

            Assert.Equal(ids.Length, tokenizer.EncodeToIds(text, destination));
            Assert.Equal([.. ids, -7, -7], destination);
        }
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 2)]
    public void EncodeToIds_DestinationTooShort_NamesTheLengthAndWritesNothing(bool addSpecialTokens, int needed)
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();
        int[] destination = new int[needed - 1];

        ArgumentException exception = Assert.Throws<ArgumentException>(
            "destination", () => tokenizer.EncodeToIds("hello world", destination, addSpecialTokens));

        Assert.Contains($"there is room for {needed - 1}. Pass at least {needed}.", exception.Message, StringComparison.Ordinal);
        Assert.All(destination, id => Assert.Equal(0, id));
        Assert.Equal(needed, tokenizer.EncodeToIds("hello world", new int[needed], addSpecialTokens));
    }

    [Theory]
    [InlineData("synth-cased")]
    [InlineData("synth-mpnet-bpe")]
    [InlineData("synth-llama3")]
    [InlineData("synth-xlmr")]
    [InlineData("synth-wordlevel")]
    public void EncodeToIds_SpecialTokens_EqualsEncode(string name)
    {
        Tokenizer tokenizer = TestData.Load(name);
        foreach (string text in NastyTexts.Generate(seed: 14, count: 100))
        {
            IReadOnlyList<int> expected = tokenizer.Encode(text).Ids;
            int[] destination = new int[expected.Count];

            Assert.Equal(expected, tokenizer.EncodeToIds(text, addSpecialTokens: true));
            Assert.Equal(expected.Count, tokenizer.EncodeToIds(text, destination, addSpecialTokens: true));
            Assert.Equal(expected, destination);
            Assert.Equal(expected.Count, tokenizer.CountTokens(text, addSpecialTokens: true));
        }
    }
}
