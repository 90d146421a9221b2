namespace LocalRetrieval.Encoders.Tests.Batching;

public sealed class TextPortionsTests
{
    private static readonly PortionLimits Wide = new(Tokens: 8192, Texts: 10_000, Bytes: long.MaxValue);

    [Fact]
    public void Cut_LongTextsThatAreCutOff_CountAsWhatIsReadOfThem()
    {
        string[] texts = [.. Enumerable.Repeat(new string('a', 20_000), 30)];

        Assert.Equal(30, TextPortions.Cut(texts, Wide, new PortionRequest(false, null)).Count);
        Assert.Equal([15, 15], TextPortions.Cut(texts, Wide, new PortionRequest(false, 512)).Select(portion => portion.Length));
    }

    [Theory]
    [InlineData(7, long.MaxValue, 7)]
    [InlineData(100, 80, 4)]
    [InlineData(1, 1, 1)]
    public void Cut_MoreThanAPortionMayHave_EndsIt(int maxTexts, long maxBytes, int expected)
    {
        string[] texts = [.. Enumerable.Repeat("ten chars!", 28)];

        List<int[]> portions = TextPortions.Cut(texts, new PortionLimits(8192, maxTexts, maxBytes), new PortionRequest(IsInOrder: true, null));

        Assert.Equal(Enumerable.Range(0, 28), portions.SelectMany(portion => portion));
        Assert.All(portions, portion => Assert.Equal(expected, portion.Length));
    }

    [Fact]
    public void Cut_ByLength_PutsTheLongestFirst() =>
        Assert.Equal([[1], [2, 0]], TextPortions.Cut(["a", new string('b', 40_000), "ccc"], Wide, new PortionRequest(false, null)));
}
