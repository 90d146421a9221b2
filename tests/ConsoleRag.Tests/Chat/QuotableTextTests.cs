using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class QuotableTextTests
{
    [Fact]
    public void Of_MarkdownTable_GivesRowsWithTheColumnsNames() =>
        Assert.Equal(["Region: north; Quota: 70", "Region: south; Quota: 8"], Quotes("a.md", "| Region | Quota |\n|---|---:|\n| north | 70 |\n| south | 8 |"));

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

    private static string[] Quotes(string title, string text) => [.. QuotableText.Of(new NumberedSource(1, title, text)).SelectMany(paragraph => paragraph)];
}
