using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Context;

public sealed class ContextBuilderTests
{
    [Fact]
    public void Build_Passages_NumbersThemWithSourceAndHeadings()
    {
        RetrievalContext context = Build(100, FakeRetriever.Passage("one", "a.md", "H > I"), FakeRetriever.Passage("two", null), FakeRetriever.Passage("three", "c"));

        Assert.Equal("[1] a.md > H > I\none\n\n[2]\ntwo\n\n[3] c\nthree", context.Text);
        Assert.Equal([1, 2, 3], context.Sources.Select(source => source.Number));
        Assert.Equal(new WordTokenCounter().CountTokens(context.Text), context.TokenCount);
        Assert.Equal(0, context.Omitted);
    }

    [Theory]
    [InlineData("a.pdf", 3, "Results", "Report", "[1] a.pdf, page 3 > Results\none")]
    [InlineData("a.pdf", 3, null, "Report", "[1] a.pdf, page 3 > Report\none")]
    [InlineData("a.pdf", 3, null, null, "[1] a.pdf, page 3\none")]
    [InlineData(null, 3, null, null, "[1] page 3\none")]
    public void Build_PageAndTitle_AreNamed(string? source, int page, string? path, string? title, string text) =>
        Assert.Equal(text, Build(100, new RetrievedPassage { Text = "one", Source = source, Page = page, HeadingPath = path, Title = title, Score = 1, Rank = 1 }).Text);

    [Fact]
    public void Build_PassageThatDoesNotFit_IsLeftOutAndTheNextTried()
    {
        RetrievalContext context = Build(
            16, FakeRetriever.Passage(Words(8)), FakeRetriever.Passage(Words(8)), FakeRetriever.Passage(Words(3), "last"));

        Assert.Equal([("a.md", 1), ("last", 2)], context.Sources.Select(source => (source.Passage.Source!, source.Number)));
        Assert.Equal(1, context.Omitted);
        Assert.InRange(context.TokenCount, 1, 16);
    }

    [Fact]
    public void Build_NothingFits_CutsTheFirst()
    {
        RetrievalContext context = Build(16, FakeRetriever.Passage(Words(50)), FakeRetriever.Passage(Words(40)));

        Assert.True(Assert.Single(context.Sources).IsCut);
        Assert.Equal(16, context.TokenCount);
        Assert.StartsWith("[1] a.md\nword", context.Text, StringComparison.Ordinal);
        Assert.Equal(1, context.Omitted);
    }

    [Fact]
    public void Build_BestDoesNotFit_CutsItThoughTheNextWouldFit()
    {
        RetrievalContext context = Build(16, FakeRetriever.Passage(Words(50), "best"), FakeRetriever.Passage("short", "next"));

        ContextSource source = Assert.Single(context.Sources);
        Assert.Equal(("best", true), (source.Passage.Source, source.IsCut));
        Assert.Equal((16, 1), (context.TokenCount, context.Omitted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("😀")]
    [InlineData("x😀")]
    public void Build_WordThatIsOneToken_IsCutByCharacters(string start)
    {
        string word = start == "" ? new string('x', 100_000) : string.Concat(Enumerable.Repeat(start, 50_000));

        RetrievalContext context = new ContextBuilder(new WordPieceTokenCounter(), new ContextOptions { MaxTokens = 16 })
            .Build([FakeRetriever.Passage(word, "a"), FakeRetriever.Passage(word, "b")]);

        Assert.InRange(context.Text.Length, 1, 16 * 16);
        Assert.InRange(context.TokenCount, 1, 16);
        Assert.True(Assert.Single(context.Sources).IsCut);
        Assert.False(char.IsHighSurrogate(context.Text[^1]));
    }

    [Fact]
    public void Build_NoPassages_IsEmpty() => Assert.Equal(("", 0), (Build(16).Text, Build(16).Sources.Count));

    private static RetrievalContext Build(int maxTokens, params RetrievedPassage[] passages) =>
        new ContextBuilder(new WordTokenCounter(), new ContextOptions { MaxTokens = maxTokens }).Build(passages);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
