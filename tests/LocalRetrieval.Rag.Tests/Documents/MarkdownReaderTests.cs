namespace LocalRetrieval.Rag.Tests.Documents;

public sealed class MarkdownReaderTests
{
    [Theory]
    [InlineData("# One\n\ntext", "One")]
    [InlineData("# One #\n\ntext", "One")]
    [InlineData("One\n===\ntext", "One")]
    [InlineData("One\r\ntwo\r\n---\r\ntext", "One two")]
    [InlineData("# *One* `two` [three](u) &amp; <b>four</b> ![five](i)\n\ntext", "One two three & four five")]
    [InlineData("# One\n## Two\ntext", "One > Two")]
    [InlineData("# One\n### Three\n## Two\ntext", "One > Two")]
    [InlineData("# One\n## Two\n# Three\ntext", "Three")]
    [InlineData("# One\n#\ntext", null)]
    [InlineData("\uFEFF# One\n\ntext", "One")]
    [InlineData("text", null)]
    public void Read_Heading_GivesPathAsText(string text, string? path)
    {
        DocumentSection section = Assert.Single(MarkdownReader.Instance.Read(text).Sections);

        Assert.Equal(path, section.HeadingPath);
        Assert.Equal(["text"], Texts(text, section));
    }

    [Fact]
    public void Read_AllKindsOfBlock_GivesThemWhole()
    {
        string text = "# H\r\n\r\nOne\r\ntwo 😀\r\n\r\n- a\r\n- b\r\n  - c\r\n\r\n  d\r\n1. e\r\n\r\n```cs\r\ncode\r\n\r\nmore\r\n```\r\n\r\n> quote\r\n> # no heading\r\n\r\n"
            + "| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\n<!-- comment -->\r\n\r\n[x]: http://y\r\n";

        DocumentSection section = Assert.Single(MarkdownReader.Instance.Read(text).Sections);

        Assert.Equal(
            [
                "One\r\ntwo 😀", "- a", "- b", "- c\r\n\r\n  d", "1. e", "```cs\r\ncode\r\n\r\nmore\r\n```", "> quote\r\n> # no heading",
                "| a | b |\r\n|---|---|\r\n| 1 | 2 |", "<!-- comment -->\r\n\r\n[x]: http://y",
            ],
            Texts(text, section));
        Assert.Equal([5, 7, 8], Enumerable.Range(0, section.Blocks.Count).Where(index => section.Blocks[index].Kind == DocumentBlockKind.Lines));
    }

    [Theory]
    [InlineData("---\ntitle: x\n---\ntext")]
    [InlineData("---\r\ntitle: x\r\n---\r\n\r\ntext")]
    [InlineData("\uFEFF---\ntitle: x\n---\ntext")]
    public void Read_FrontMatter_IsLeftOut(string text)
    {
        DocumentContent content = MarkdownReader.Instance.Read(text);

        Assert.Equal(["text"], Texts(content.Text, Assert.Single(content.Sections)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n\t")]
    [InlineData("# Only a heading\n")]
    public void Read_NoContent_GivesNoSections(string text) => Assert.Empty(MarkdownReader.Instance.Read(text).Sections);

    [Fact]
    public void Read_DefinitionAboveSetextHeading_IsText()
    {
        string text = "[x]: http://y\r\nHead\r\n====\r\nbody";

        IReadOnlyList<DocumentSection> sections = MarkdownReader.Instance.Read(text).Sections;

        Assert.Equal([null, "Head"], sections.Select(section => section.HeadingPath));
        Assert.Equal(["[x]: http://y", "body"], sections.SelectMany(section => Texts(text, section)));
    }

    [Fact]
    public void Read_LongParagraphAboveRule_IsText()
    {
        string text = new string('a', 300) + "\n---\nbody";

        DocumentSection section = Assert.Single(MarkdownReader.Instance.Read(text).Sections);

        Assert.Null(section.HeadingPath);
        Assert.Equal([text[..304], "body"], Texts(text, section));
    }

    [Fact]
    public void Read_LongAtxHeading_IsText()
    {
        string heading = "# " + new string('a', 300);

        DocumentSection section = Assert.Single(MarkdownReader.Instance.Read(heading + "\n\nbody").Sections);

        Assert.Null(section.HeadingPath);
        Assert.Equal([heading, "body"], Texts(heading + "\n\nbody", section));
    }

    [Fact]
    public void Read_DeepNesting_Throws() =>
        Assert.Contains("nested", Assert.Throws<ArgumentException>(() => MarkdownReader.Instance.Read(new string('>', 5000) + "a")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_HeadingInList_IsNoSection()
    {
        DocumentSection section = Assert.Single(MarkdownReader.Instance.Read("- # a\n- b\n").Sections);

        Assert.Null(section.HeadingPath);
    }

    private static IEnumerable<string> Texts(string text, DocumentSection section) =>
        section.Blocks.Select(block => text.Substring(block.Offset, block.Length));
}
