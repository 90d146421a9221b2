namespace LocalRetrieval.Rag.Tests.Documents;

public sealed class NestedContentTests
{
    private static readonly DocumentContext Context = new("outer");

    [Fact]
    public void AddContent_Document_IsShiftedUnderTheHeadingsAbove()
    {
        DocumentContentBuilder inner = new(new DocumentContext("inner"), new DocumentMetadata { Title = "Inner" });
        inner.AddParagraph("intro");
        inner.AddHeading(1, "Part");
        inner.BeginTable(["a", "b"]);
        inner.AddTableRow(["1", "2"]);
        inner.EndTable();
        DocumentContentBuilder outer = new(Context);
        outer.AddParagraph("before");
        outer.AddHeading(1, "inner.txt");
        outer.AddContent(2, inner.Build());
        outer.AddParagraph("behind");

        DocumentContent content = outer.Build();

        Assert.Equal(
            ["null: before", "inner.txt > Inner: intro", "inner.txt > Inner > Part: | a | b |\n| 1 | 2 |", "inner.txt: behind"],
            content.Sections.SelectMany(section => section.Blocks.Select(
                block => $"{section.HeadingPath ?? "null"}: {content.Text.Substring(block.Offset, block.Length)}")));
        DocumentBlock table = content.Sections[2].Blocks[0];
        Assert.Equal((DocumentBlockKind.Table, "| a | b |".Length), (table.Kind, table.HeaderLength));
    }

    [Fact]
    public void Add_WhileATableIsOpen_IsRefused()
    {
        DocumentContentBuilder builder = new(Context);
        Assert.Throws<InvalidOperationException>(() => builder.AddTableRow(["1"]));
        Assert.Throws<InvalidOperationException>(builder.EndTable);
        builder.BeginTable(["a"]);
        Action[] additions =
            [() => builder.AddHeading(1, "h"), () => builder.AddParagraph("p"), () => builder.AddListItem("i"), () => builder.AddCode("c"), () => builder.AddLines("l"), () => builder.BeginTable(null), () => builder.Build()];
        Assert.All(additions, addition => Assert.Throws<InvalidOperationException>(addition));

        builder.AddTableRow(["1"]);
        builder.EndTable();
        Assert.Equal("| a |\n| 1 |", builder.Build().Text.Trim());
    }

    [Fact]
    public void AddContent_Nothing_LeavesTheHeadingAlone()
    {
        DocumentContentBuilder outer = new(Context);
        outer.AddHeading(1, "scan.pdf");
        outer.AddContent(2, new DocumentContentBuilder(new DocumentContext("scan.pdf")).Build());
        Assert.Equal(DocumentBlockKind.Heading, Assert.Single(Assert.Single(outer.Build().Sections).Blocks).Kind);
    }

    [Fact]
    public void AddContent_MoreTextThanAllowed_IsRefusedByName()
    {
        DocumentContentBuilder inner = new(Context);
        inner.AddParagraph(new string('x', 100));
        DocumentContentBuilder outer = new(new DocumentContext("outer", new DocumentReadingOptions { MaxExpandedBytes = 150 }));
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => outer.AddContent(1, inner.Build()));
        Assert.Contains("outer", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddContent_LevelBelowOne_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DocumentContentBuilder(Context).AddContent(0, new DocumentContentBuilder(Context).Build()));
}
