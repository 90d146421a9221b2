namespace LocalRetrieval.Rag.Tests.Documents.Json;

public sealed class JsonLinesReaderTests
{
    [Fact]
    public void Read_BrokenLine_WarnsAndReadsTheRest()
    {
        DocumentContent content = Read("\uFEFF{\"a\": {\"b\": 1}}\r\n\r\n{\"a\": \r\n{\"a\": {\"b\": 2}}\r\n");

        Assert.Equal(["line 1 > a", "line 4 > a"], content.Sections.Select(section => section.HeadingPath));
        DocumentWarning warning = Assert.Single(content.Warnings);
        Assert.Equal(3, warning.Line);
    }

    [Fact]
    public void Read_FlatRecords_AreATable()
    {
        DocumentContent content = Read("{\"t\": 1, \"m\": \"up\"}\n{\"t\": 2, \"m\": \"down\"}\n");

        Assert.Equal("| t | m |\n| 1 | up |\n| 2 | down |", content.Text);
        Assert.Equal("| t | m |".Length, content.Sections[0].Blocks[0].HeaderLength);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\n[\n")]
    [InlineData("// only a comment\n")]
    public void Read_NoValue_SaysWhy(string text)
    {
        DocumentContent content = Read(text);

        Assert.Empty(content.Sections);
        Assert.Equal("none of its lines is JSON", content.EmptyReason);
    }

    [Fact]
    public void Read_ManyBrokenLines_AreCounted()
    {
        DocumentContent content = Read(string.Concat(Enumerable.Repeat("{\n", 500)) + "{\"a\": 1}\n");

        Assert.Equal(101, content.Warnings.Count);
        Assert.StartsWith("400 more", content.Warnings[^1].Message, StringComparison.Ordinal);
        Assert.Equal("a: 1", content.Text[(content.Text.LastIndexOf('\n') + 1)..]);
    }

    private static DocumentContent Read(string text) => JsonLinesReader.Instance.Read(text, new DocumentContext("a.jsonl"));
}
