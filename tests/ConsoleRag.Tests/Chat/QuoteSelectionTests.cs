using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class QuoteSelectionTests
{
    private const string Filler = "Birds sing at dawn. Rivers carry sand. Stones lie still. Clouds drift along.";

    [Fact]
    public void Choose_OneSentenceAnswers_IsFirst() =>
        Assert.Equal(
            new Quote(2, "The kernel drops packets when the queue is full."),
            Choose("Why does the kernel drop packets?", Filler, $"{Filler} The kernel drops packets when the queue is full.")[0]);

    [Fact]
    public void Choose_RareWord_WinsOverFrequentOne() =>
        Assert.Equal(
            "Nagle delays small writes.",
            Choose("server Nagle", "The server runs. A server waits. One server sleeps. Nagle delays small writes.")[0].Sentence);

    [Fact]
    public void Choose_EqualSentences_TakesTheEarlierSourceFirst() =>
        Assert.Equal([1, 2], Choose("kernel packets", "The kernel drops packets.", "The kernel keeps packets.").Select(quote => quote.Source));

    [Fact]
    public void Choose_SameSentenceInTwoSources_QuotesTheFirst() =>
        Assert.Equal([new Quote(1, "The kernel drops packets.")], Choose("kernel", "The kernel drops packets.", "The kernel drops packets."));

    [Fact]
    public void Choose_ManyMatches_IsFourAtMost() =>
        Assert.Equal(
            4,
            Choose("10 11 12 13 14 15", string.Join("\n\n", Enumerable.Range(10, 6).Select(number => $"The kernel counts to {number}."))).Count);

    [Fact]
    public void Choose_NothingElseMatches_IsOneQuote() =>
        Assert.Equal(["The kernel drops packets."], Choose("kernel", Filler, "The kernel drops packets.").Select(quote => quote.Sentence));

    [Fact]
    public void Choose_CoveredWords_CountLessThanNewOnes() =>
        Assert.Equal(
            ["The kernel drops packets.", "A timer fires later."],
            Choose("kernel packets timer", "The kernel drops packets.\n\nThe kernel packets arrive.\n\nA timer fires later.")
                .Take(2).Select(quote => quote.Sentence));

    [Fact]
    public void Choose_HeadingMatches_WinsAmongEqualSentences()
    {
        NumberedSource[] sources = [new(1, "a.md > Birds", "Buffers have sizes."), new(2, "a.md > Kernel queues", "Buffers have limits.")];

        Assert.Equal(2, QuoteSelection.Choose("buffers of kernel queues", sources, out _)[0].Source);
    }

    [Fact]
    public void Choose_RowAndItsColumnsNames_AreReadTogether() =>
        Assert.Equal(
            "Label: amber; Fine: £2",
            Choose("What is the fine for amber?", $"| Label | Fine |\n| green | £1 |\n| amber | £2 |\n\nAmber tools are heavy. Nobody likes a fine. {Filler}")[0].Sentence);

    [Fact]
    public void Choose_OnlyTheColumnsNamesMatch_QuotesSeveralRows() =>
        Assert.Equal(
            ["Blade: A; Radius: 80 mm", "Blade: B; Radius: 35 mm"],
            Choose("Which radius has a blade?", $"{Filler}\n\n| Blade | Radius |\n| A | 80 mm |\n| B | 35 mm |").Select(quote => quote.Sentence));

    [Fact]
    public void Choose_NoWordShared_TakesTheStartOfTheFirstSource()
    {
        List<Quote> quotes = QuoteSelection.Choose("elephants?", Sources(Filler, Filler), out bool sharesWords);

        Assert.False(sharesWords);
        Assert.Equal([new Quote(1, "Birds sing at dawn."), new Quote(1, "Rivers carry sand.")], quotes);
    }

    [Fact]
    public void Choose_OnlyCode_QuotesTheLine() => Assert.Equal([new Quote(1, "`kernel.Drop(packets);`")], Choose("kernel", "```\nkernel.Drop(packets);\n```"));

    private static List<Quote> Choose(string question, params string[] texts)
    {
        List<Quote> quotes = QuoteSelection.Choose(question, Sources(texts), out bool sharesWords);
        Assert.Equal(quotes.Count > 0, sharesWords);
        return quotes;
    }

    private static NumberedSource[] Sources(params string[] texts) =>
        [.. texts.Select((text, index) => new NumberedSource(index + 1, "", text))];
}
