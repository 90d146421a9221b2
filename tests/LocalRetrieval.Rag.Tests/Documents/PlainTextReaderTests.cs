namespace LocalRetrieval.Rag.Tests.Documents;

public sealed class PlainTextReaderTests
{
    [Theory]
    [InlineData("one\ntwo\n\nthree\n")]
    [InlineData("one\r\ntwo\r\n\r\nthree\r\n")]
    [InlineData("\uFEFFone\rtwo\r \t\rthree")]
    public void Read_BlankLines_PartParagraphs(string text)
    {
        DocumentSection section = Assert.Single(PlainTextReader.Instance.Read(text).Sections);

        Assert.Null(section.HeadingPath);
        Assert.Equal(["one two", "three"], section.Blocks.Select(block => text.Substring(block.Offset, block.Length).ReplaceLineEndings(" ")));
    }

    [Fact]
    public void Read_MarkdownSyntax_IsText()
    {
        DocumentSection section = Assert.Single(PlainTextReader.Instance.Read("# no heading").Sections);

        Assert.Equal(0, Assert.Single(section.Blocks).Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF \n ")]
    public void Read_Blank_GivesNoSections(string text) => Assert.Empty(PlainTextReader.Instance.Read(text).Sections);
}
