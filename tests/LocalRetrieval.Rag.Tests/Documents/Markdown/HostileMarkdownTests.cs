using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

/// <summary>Markdown that makes parsers slow, deep or lossy.</summary>
public sealed class HostileMarkdownTests
{
    public static TheoryData<string, string> Documents() => new()
    {
        { "emphases", Repeat("*a ", 6000) + "word " + Repeat("a* ", 6000) },
        { "quotes", Repeat("> ", 140) + "word" },
        { "quotes without blanks", Repeat(">", 5000) + "word" },
        { "lists on one line", Repeat("- ", 5000) + "word" },
        { "lists in quotes", Repeat("> - ", 140) + "word" },
        { "nested lists", string.Concat(Enumerable.Range(0, 1200).Select(depth => new string(' ', 2 * depth) + "- a\n")) + "\nword" },
        { "table", "| a | b |\n|---|---|\n" + Repeat("| 1 | <b>2</b> |\n", 20_000) + "\nword" },
        { "long line", Repeat("words ", 170_000) + "word" },
        { "long line without blanks", new string('x', 1_000_000) + " word" },
        { "brackets", Repeat("[", 50_000) + "word" },
        { "images", Repeat("![", 50_000) + "word" },
        { "closed brackets", Repeat("[", 5000) + "word" + Repeat("]", 5000) },
        { "tags", Repeat("<a b='", 50_000) + "word" },
        { "elements", Repeat("<div>\n\n", 20_000) + "word" },
        { "comments", Repeat("a <!-- ", 50_000) + "word" },
        { "ticks", string.Concat(Enumerable.Range(1, 700).Select(length => new string('`', length) + "a")) + " word" },
        { "definitions", string.Concat(Enumerable.Range(0, 20_000).Select(number => $"[a{number}]: b\n")) + "\nword" },
        { "templates", Repeat("{% a ", 50_000) + Repeat("{{< b \"", 50_000) + "word" },
        { "components", Repeat("<A b={", 20_000) + "word" },
        { "formulas", Repeat("\\( $a ", 50_000) + "word" },
        { "unclosed blocks", Repeat("{% highlight a %}\n", 20_000) + "word" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Read_Hostile_KeepsTheText(string kind, string text)
    {
        DocumentContent content = MarkdownReader.Instance.Read(text);

        Assert.True(content.Sections.SelectMany(section => section.Blocks).Any(block =>
            content.Text.AsSpan(block.Offset, block.Length).Contains("word", StringComparison.Ordinal)), kind);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Read_CancelledBefore_Throws(string kind, string text) =>
        Assert.True(Record.Exception(() => MarkdownReader.Instance.Read(text + "\n\n" + Repeat("a\n", 600), cancellationToken: new CancellationToken(canceled: true)))
            is OperationCanceledException, kind);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Parse_CancelledOnceScanned_Throws(string kind, string text)
    {
        MarkdownScan scan = new MarkdownScanner(text, 0, new SourceEdits(text), new BlockMarks(), CancellationToken.None).Scan();

        Assert.True(Record.Exception(() => Markdig.Markdown.Parse(scan.Masked, MarkdownPipelines.Blocks, CancellationParser.Context(new CancellationToken(canceled: true))))
            is OperationCanceledException, kind);
    }

    /// <summary>So many that looking for the end of each, as far as one may be, takes hours.</summary>
    [Theory]
    [InlineData("{% highlight a %}\n")]
    [InlineData("{{< code >}}\n")]
    public async Task Scan_BlocksThatNothingCloses_Ends(string tag)
    {
        string text = Repeat(tag, 300_000) + Repeat("word ", 100_000) + tag.Replace("{% ", "{% end", StringComparison.Ordinal).Replace("< ", "< /", StringComparison.Ordinal);
        SourceEdits edits = new(text);

        MarkdownScan scan = await Task.Run(() => new MarkdownScanner(text, 0, edits, new BlockMarks(), CancellationToken.None).Scan()).OrHang();

        Assert.Contains("word word", scan.Masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20_000)]
    public void Read_BlocksOfWhichTheLastIsClosed_GivesItsCode(int times)
    {
        string text = Repeat("{% highlight a %}\n", times) + "  code\n{% endhighlight %}\n\n" + Repeat("{% highlight a %}\n", times) + "  more\n{% endhighlight %}\n";

        DocumentContent content = MarkdownReader.Instance.Read(text);

        Assert.Equal(["  code", "  more"], content.Sections.SelectMany(section => section.Blocks).Where(block => block.Kind == DocumentBlockKind.Code)
            .Select(block => content.Text.Substring(block.Offset, block.Length).TrimEnd()).Select(code => code[code.LastIndexOf("  ", StringComparison.Ordinal)..]));
    }

    [Fact]
    public void Read_TableWithManyRows_IsOneBlockWithAHeader()
    {
        DocumentContent content = MarkdownReader.Instance.Read("| a | b |\n|---|---|\n" + Repeat("| 1 | <b>2</b> |\n", 20_000));

        DocumentBlock block = Assert.Single(Assert.Single(content.Sections).Blocks);
        Assert.Equal((DocumentBlockKind.Table, "| a | b |".Length), (block.Kind, block.HeaderLength));
        Assert.DoesNotContain("---", content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", content.Text, StringComparison.Ordinal);
    }

    /// <summary>Cells that stand in more rows and columns than there is text for, which are not written out.</summary>
    [Theory]
    [InlineData("<td rowspan=99 colspan=99>word", 1000, "<tr>", 1000)]
    [InlineData("<td rowspan=64>word word word word word word word word word word", 1000, "<tr><td rowspan=2>x", 1000)]
    [InlineData("<td>x", 30_000, "<tr><td rowspan=2>word", 30_000)]
    public void Read_TableWithCellsOverManyRows_IsNotMuchLonger(string cell, int cells, string row, int rows)
    {
        string text = "<table><tr>" + Repeat(cell, cells) + Repeat(row, rows) + "</table>";

        DocumentContent content = MarkdownReader.Instance.Read(text);

        Assert.Contains("word", content.Text, StringComparison.Ordinal);
        Assert.True(content.Text.Length < 16 * text.Length, $"{content.Text.Length} of {text.Length}");
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
