namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

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
        DocumentContent content = MarkdownReader.Instance.Read(text);

        Assert.Equal(path, content.Sections[^1].HeadingPath);
        Assert.Equal("text", Texts(content)[^1]);
    }

    [Fact]
    public void Read_AllKindsOfBlock_GivesThemWhole()
    {
        string text = "# H\r\n\r\nOne\r\ntwo 😀\r\n\r\n- a\r\n- b\r\n  - c\r\n\r\n  d\r\n1. e\r\n\r\n```cs\r\ncode\r\n\r\nmore\r\n```\r\n\r\n> quote\r\n> # no heading\r\n\r\n"
            + "| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\n<!-- comment -->\r\n\r\n[x]: http://y\r\n";

        DocumentContent content = MarkdownReader.Instance.Read(text);

        Assert.Equal(
            [
                "One\r\ntwo 😀", "- a", "- b", "- c", "d", "1. e", "```cs\r\ncode\r\n\r\nmore\r\n```", "> quote\r\n> # no heading",
                "| a | b |\r\n| 1 | 2 |",
            ],
            Texts(content));
        IReadOnlyList<DocumentBlock> blocks = Assert.Single(content.Sections).Blocks;
        Assert.Equal(DocumentBlockKind.Code, blocks[6].Kind);
        Assert.Equal((DocumentBlockKind.Table, "| a | b |".Length), (blocks[8].Kind, blocks[8].HeaderLength));
    }

    [Theory]
    [InlineData("---\ntitle: x\n---\ntext")]
    [InlineData("---\r\ntitle: x\r\n---\r\n\r\ntext")]
    [InlineData("\uFEFF---\ntitle: x\n---\ntext")]
    public void Read_FrontMatter_IsLeftOut(string text) =>
        Assert.Equal(["text"], Texts(MarkdownReader.Instance.Read(text)));

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n\t")]
    [InlineData("<!-- only a comment -->\n\n[x]: y\n")]
    public void Read_NoContent_GivesNoSections(string text) => Assert.Empty(MarkdownReader.Instance.Read(text).Sections);

    [Fact]
    public void Read_DefinitionAboveSetextHeading_IsLeftOut()
    {
        DocumentContent content = MarkdownReader.Instance.Read("[x]: http://y\r\nHead\r\n====\r\nbody");

        Assert.Equal(["Head"], content.Sections.Select(section => section.HeadingPath));
        Assert.Equal(["body"], Texts(content));
    }

    [Theory]
    [InlineData("", "\n---\nbody")]
    [InlineData("# ", "\n\nbody")]
    public void Read_LongHeading_IsText(string before, string after)
    {
        string heading = before + new string('a', 300);

        DocumentContent content = MarkdownReader.Instance.Read(heading + after);

        Assert.Null(Assert.Single(content.Sections).HeadingPath);
        Assert.Equal(heading, Texts(content).First()[..heading.Length]);
        Assert.Equal("body", Texts(content).Last());
    }

    [Fact]
    public void Read_HeadingTwice_GivesTwoSections() =>
        Assert.Equal(["H", "H"], MarkdownReader.Instance.Read("# H\n\none\n\n# H\n\ntwo").Sections.Select(section => section.HeadingPath));

    [Fact]
    public void Read_HeadingsWithoutBody_AreBlocksUnderTheOneAbove()
    {
        DocumentContent content = MarkdownReader.Instance.Read("# FAQ\n\n## Is IPv6 supported? Yes, since version 4.2.\n\n## Is there a free tier? No.\n\n# Contact\n\nMail");

        Assert.Equal(["FAQ", "Contact"], content.Sections.Select(section => section.HeadingPath));
        Assert.Equal(["Is IPv6 supported? Yes, since version 4.2.", "Is there a free tier? No.", "Mail"], Texts(content));
    }

    [Fact]
    public void Read_HeadingInList_IsNoSection()
    {
        DocumentSection section = Assert.Single(MarkdownReader.Instance.Read("- # a\n- b\n").Sections);

        Assert.Null(section.HeadingPath);
    }

    private static List<string> Texts(DocumentContent content) =>
        [.. content.Sections.SelectMany(section => section.Blocks).Select(block => content.Text.Substring(block.Offset, block.Length))];
}
