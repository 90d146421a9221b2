using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Pdf.Tests;

public sealed class PdfReaderColumnTests
{
    private const string Left = "The left column starts with this long line\nand goes on with a second line of it that\nis followed by a third one, and by a last\none that ends what the left column says.";
    private const string Right = "The right column is read behind the left\none, although its lines stand at the same\nheights and so look as if they were one\nline each to whoever reads row by row.";

    [Fact]
    public async Task ReadAsync_TitleOverTwoColumns_ReadsTitleThenLeftThenRight()
    {
        DocumentContent content = await new TestPdf().Page()
            .Line(120, 740, "A title that stands over both columns of it", 16)
            .Lines(50, 700, Left).Lines(320, 700, Right)
            .ReadAsync();

        Assert.Equal([Left.Replace('\n', ' '), Right.Replace('\n', ' ')], content.Texts());
        Assert.Equal(["A title that stands over both columns of it"], content.Paths());
    }

    [Fact]
    public async Task ReadAsync_ColumnsWithTextOfFullWidthBetween_ReadsBandByBand()
    {
        DocumentContent content = await new TestPdf().Page()
            .Lines(50, 740, Left).Lines(320, 740, Right)
            .Line(50, 660, "A line of full width parts the upper columns from the lower columns, and so it is read between them.")
            .Lines(50, 620, Left).Lines(320, 620, Right)
            .ReadAsync();

        string[] texts = content.Texts();
        Assert.Equal(5, texts.Length);
        Assert.StartsWith("A line of full width", texts[2], StringComparison.Ordinal);
        Assert.StartsWith("The left", texts[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ThreeColumns_ReadsFromLeftToRight()
    {
        const string Column = "column has lines which fill\nit from its left edge to its right edge\nand there are several of them in it\nuntil it comes to its end down here.";
        DocumentContent content = await new TestPdf().Page()
            .Lines(30, 700, "The first " + Column, 8).Lines(220, 700, "The middle " + Column, 8).Lines(410, 700, "The last " + Column, 8)
            .ReadAsync();

        Assert.Equal(
            ["The first " + Column.Replace('\n', ' '), "The middle " + Column.Replace('\n', ' '), "The last " + Column.Replace('\n', ' ')],
            content.Texts());
    }

    [Fact]
    public async Task ReadAsync_ParagraphThatGoesOnInTheNextColumn_IsOne()
    {
        DocumentContent content = await new TestPdf().Page()
            .Lines(50, 700, "The first column has a paragraph that does\nnot end in it, since there was no room for\nthe whole of what it had to say about the")
            .Lines(320, 700, "subject, and which therefore goes on at the\ntop of the second column until it ends here,\nfar from where it started in the first one.")
            .ReadAsync();

        Assert.Equal(
            "The first column has a paragraph that does not end in it, since there was no room for the whole of what it had to say about the subject, "
                + "and which therefore goes on at the top of the second column until it ends here, far from where it started in the first one.",
            Assert.Single(content.Texts()));
    }

    [Fact]
    public async Task ReadAsync_SideNotes_AreApartFromTheText()
    {
        DocumentContent content = await new TestPdf().Page()
            .Lines(200, 700, Left).Lines(50, 695, "A note in the\nmargin that is\nset small.", 7, leading: 9)
            .ReadAsync();

        Assert.Contains(Left.Replace('\n', ' '), content.Texts());
        Assert.Contains("A note in the margin that is set small.", content.Texts());
    }

    [Fact]
    public async Task ReadAsync_TextTurnedUpwardsInTheMargin_IsReadByItself()
    {
        DocumentContent content = await new TestPdf().Page()
            .Lines(100, 700, Left)
            .Raw("BT /F1 14 Tf 0 1 -1 0 30 300 Tm (Preprint of the third of May) Tj ET")
            .ReadAsync();

        Assert.Equal([Left.Replace('\n', ' '), "Preprint of the third of May"], content.Texts());
    }
}
