using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class QuotableTextTests
{
    [Fact]
    public void Of_MarkdownTable_GivesRowsWithTheColumnsNames() =>
        Assert.Equal(["Region: north; Quota: 70", "Region: south; Quota: 8"], Quotes("a.md", "| Region | Quota |\n|---|---:|\n| north | 70 |\n| south | 8 |"));

    [Fact]
    public void Of_TableOfAPassage_BeginsWithTheColumnsNames() =>
        Assert.Equal(["Label: amber; Fine: £2 for each day", "Label: red; Fine: £10"], Quotes("a.md", "| Label | Fine |\n| amber | £2 for each day |\n| red | £10 |"));

    [Fact]
    public void Of_TableWhoseFirstRowHasFigures_TakesItForARow() =>
        Assert.Equal(["9 mm | 35 rpm", "16 mm | 20 rpm"], Quotes("a.md", "| 9 mm | 35 rpm |\n| 16 mm | 20 rpm |"));

    [Theory]
    [InlineData("| Label | Fine |\n|---|---|")]
    [InlineData("| Label | Fine |\n|---|---|\n| amber | £2 |")]
    [InlineData("| Label | Fine |\n| amber | £2 |")]
    public void Of_Table_NeverHasTheColumnsNamesAlone(string text) => Assert.DoesNotContain("Label | Fine", Quotes("a.md", text));

    [Fact]
    public void Of_RowsWithoutAHead_GivesThemAsTheyAre() =>
        Assert.Equal(["north | 70", "south | 8"], Quotes("a.docx", "north | 70\nsouth | 8"));

    [Fact]
    public void Of_BarInASentence_LeavesItOne() => Assert.Equal(["Write a | b for a pipe."], Quotes("a.md", "Write a | b for a pipe."));

    [Fact]
    public void Of_SourceCode_GivesItsLines() =>
        Assert.Equal(["`int limit = 3;`", "`Run(limit);`"], Quotes("src/a.cs > Program > Main", "{\n    int limit = 3;\n\n    Run(limit);\n}"));

    [Fact]
    public void Of_Prose_GivesSentencesAndTheLinesOfItsCode() =>
        Assert.Equal(["First.", "Second.", "`npm install`"], Quotes("a.md, page 3 > Setup", "First. Second.\n\n```sh\nnpm install\n```"));

    private static string[] Quotes(string title, string text) => [.. QuotableText.Of(new NumberedSource(1, title, text)).SelectMany(paragraph => paragraph).Select(quotable => quotable.Text)];
}
