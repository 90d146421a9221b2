using System.Text.RegularExpressions;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Context;

public sealed partial class ContextBuilderTests
{
    private const string Line = "--#\n";
    private const string End = "\n--#--";

    [Fact]
    public void Build_Passages_NumbersThemWithSourceAndHeadings()
    {
        RetrievalContext context = Build(100, FakeRetriever.Passage("one", "a.md", "H > I"), FakeRetriever.Passage("two", null), FakeRetriever.Passage("three", "c"));

        Assert.Equal($"{Line}[1] a.md > H > I\none\n{Line}[2]\ntwo\n{Line}[3] c\nthree{End}", WithoutBoundary(context.Text));
        Assert.Equal([1, 2, 3], context.Sources.Select(source => source.Number));
        Assert.Equal(new WordTokenCounter().CountTokens(context.Text), context.TokenCount);
        Assert.Equal(0, context.Omitted);
    }

    [Theory]
    [InlineData("a.pdf", 3, "Results", "Report", "[1] a.pdf, page 3 > Results\none")]
    [InlineData("a.pdf", 3, null, "Report", "[1] a.pdf, page 3 > Report\none")]
    [InlineData("a.pdf", 3, null, null, "[1] a.pdf, page 3\none")]
    [InlineData(null, 3, null, null, "[1] page 3\none")]
    public void Build_PageAndTitle_AreNamed(string? source, int page, string? path, string? title, string text) => Assert.Equal(
        Line + text + End,
        WithoutBoundary(Build(100, new RetrievedPassage { Text = "one", Source = source, Page = page, HeadingPath = path, Title = title, Score = 1, Rank = 1 }).Text));

    [Fact]
    public void Build_PassageThatDoesNotFit_IsLeftOutAndTheNextTried()
    {
        RetrievalContext context = Build(
            64, FakeRetriever.Passage(Words(40)), FakeRetriever.Passage(Words(41)), FakeRetriever.Passage(Words(3), "last"));

        Assert.Equal([("a.md", 1), ("last", 2)], context.Sources.Select(source => (source.Passage.Source!, source.Number)));
        Assert.Equal(1, context.Omitted);
        Assert.InRange(context.TokenCount, 1, 64);
    }

    [Fact]
    public void Build_BestAtBothEnds_TakesTheBestAndKeepsTheirPlaces()
    {
        // As placed: ranks 1, 3 and 2; the third does not fit beside the others.
        RetrievalContext context = Build(64, Ranked(Words(10), 1, "a"), Ranked(Words(40), 3, "b"), Ranked(Words(3), 2, "c"));
        RetrievalContext all = Build(500, Ranked("one", 1, "a"), Ranked("three", 3, "b"), Ranked("two", 2, "c"));

        Assert.Equal([("a", 1), ("c", 2)], context.Sources.Select(source => (source.Passage.Source!, source.Number)));
        Assert.Equal($"{Line}[1] a\none\n{Line}[3] b\nthree\n{Line}[2] c\ntwo{End}", WithoutBoundary(all.Text));
        Assert.Equal([1, 3, 2], all.Sources.Select(source => source.Number));
    }

    private static RetrievedPassage Ranked(string text, int rank, string source) => new() { Key = source, Text = text, Source = source, Score = -rank, Rank = rank };

    [Fact]
    public void Build_SamePassageTwice_IsOneSource()
    {
        RetrievalContext context = Build(100, FakeRetriever.Passage("one"), FakeRetriever.Passage("one"), FakeRetriever.Passage("two"));

        Assert.Equal([("one", 1), ("two", 2)], context.Sources.Select(source => (source.Passage.Text, source.Number)));
    }

    [Fact]
    public void Build_NothingFits_CutsTheFirst()
    {
        RetrievalContext context = Build(64, FakeRetriever.Passage(Words(99)), FakeRetriever.Passage(Words(98)));

        Assert.True(Assert.Single(context.Sources).IsCut);
        Assert.Equal(64, context.TokenCount);
        Assert.StartsWith($"{Line}[1] a.md\nword", WithoutBoundary(context.Text), StringComparison.Ordinal);
        Assert.EndsWith($"word {End}", WithoutBoundary(context.Text), StringComparison.Ordinal);
        Assert.Equal(1, context.Omitted);
    }

    [Fact]
    public void Build_BestDoesNotFit_CutsItThoughTheNextWouldFit()
    {
        RetrievalContext context = Build(64, FakeRetriever.Passage(Words(90), "best"), FakeRetriever.Passage("short", "next"));

        ContextSource source = Assert.Single(context.Sources);
        Assert.Equal(("best", true), (source.Passage.Source, source.IsCut));
        Assert.Equal((64, 1), (context.TokenCount, context.Omitted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("😀")]
    [InlineData("x😀")]
    public void Build_WordThatIsOneToken_IsCutByCharacters(string start)
    {
        string word = start == "" ? new string('x', 100_000) : string.Concat(Enumerable.Repeat(start, 50_000));

        RetrievalContext context = new ContextBuilder(new WordPieceTokenCounter(), new ContextOptions { MaxTokens = 64 })
            .Build([FakeRetriever.Passage(word, "a"), FakeRetriever.Passage(word, "b")]);

        Assert.InRange(context.Text.Length, 64, 64 * 16);
        Assert.InRange(context.TokenCount, 1, 64);
        Assert.True(Assert.Single(context.Sources).IsCut);
        Assert.False(char.IsHighSurrogate(context.Text[^(End.Length + 16)]));
    }

    [Fact]
    public void Build_NoPassages_IsEmpty() => Assert.Equal(("", 0), (Build(64).Text, Build(64).Sources.Count));

    [Fact]
    public void Build_EarlierSources_KeepTheirNumbersAndFollow()
    {
        RetrievedPassage[] passages = [FakeRetriever.Passage("new", "n"), FakeRetriever.Passage("known", "k"), FakeRetriever.Passage("newer", "n")];
        ContextSource[] earlier = [Source(2, "old", "o"), Source(7, "known", "k"), Source(4, "later", "l")];

        RetrievalContext context = new ContextBuilder(new WordTokenCounter()).Build(passages, earlier);

        Assert.Equal([(8, "new"), (7, "known"), (9, "newer"), (4, "later"), (2, "old")], context.Sources.Select(source => (source.Number, source.Passage.Text)));
        Assert.Contains("\n[7] k\nknown\n", context.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_EarlierSourcesThatDoNotFit_AreLeftOutTheOldestFirst()
    {
        ContextSource[] earlier = [Source(1, Words(30), "o"), Source(2, Words(31), "l")];

        RetrievalContext context = new ContextBuilder(new WordTokenCounter(), new ContextOptions { MaxTokens = 64 }).Build([FakeRetriever.Passage("new", "n")], earlier);

        Assert.Equal([3, 2], context.Sources.Select(source => source.Number));
        Assert.InRange(context.TokenCount, 1, 64);
        Assert.Equal(0, context.Omitted);
    }

    [Fact]
    public void Build_EqualPassages_GiveEqualBytesAndOthersAnotherBoundary()
    {
        string one = Build(100, FakeRetriever.Passage("one"), FakeRetriever.Passage("two")).Text;

        Assert.Equal(one, Build(100, FakeRetriever.Passage("one"), FakeRetriever.Passage("two")).Text);
        Assert.NotEqual(BoundaryRegex().Match(one).Value, BoundaryRegex().Match(Build(100, FakeRetriever.Passage("one"), FakeRetriever.Passage("twa")).Text).Value);
    }

    [Fact]
    public void ContextOptions_TooFewTokens_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ContextOptions { MaxTokens = 63 });

    private static ContextSource Source(int number, string text, string source) => new() { Number = number, Passage = FakeRetriever.Passage(text, source) };

    private static RetrievalContext Build(int maxTokens, params RetrievedPassage[] passages) =>
        new ContextBuilder(new WordTokenCounter(), new ContextOptions { MaxTokens = maxTokens }).Build(passages);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));

    private static string WithoutBoundary(string text) => text.Replace(BoundaryRegex().Match(text).Groups[1].Value, "#", StringComparison.Ordinal);

    [GeneratedRegex("^--([0-9a-f]{16})\n")]
    private static partial Regex BoundaryRegex();
}
