using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.FrontMatter;

/// <summary>What of front matter becomes text and headings.</summary>
public sealed class MarkdownFrontMatterTests
{
    private static readonly PassageChunker Chunker = new(new WordTokenCounter());

    [Fact]
    public void Split_TitleAndDescription_TopThePathAndStartTheText()
    {
        DocumentChunk chunk = Assert.Single(Split("---\ntitle: Rotating keys\ndescription: Without downtime\n---\n\nRun it twice.\n"));

        Assert.Equal("Rotating keys", chunk.HeadingPath);
        Assert.Equal("Without downtime\n\nRun it twice.", chunk.Text);
    }

    [Theory]
    [InlineData("# Rotating keys\n\nRun it.", "Rotating keys")]
    [InlineData("# Other\n\nRun it.", "Rotating keys > Other")]
    [InlineData("## Steps\n\nRun it.", "Rotating keys > Steps")]
    [InlineData("Run it.", "Rotating keys")]
    public void Split_Title_TopsThePathOnce(string body, string path) =>
        Assert.Equal(path, Assert.Single(Split($"---\ntitle: Rotating keys\n---\n\n{body}\n")).HeadingPath);

    [Theory]
    [InlineData("How to *rotate* `keys`\nquickly. More.")]
    [InlineData("# Title\n\nHow to rotate keys quickly. More.")]
    public void Split_BodyThatStartsWithTheDescription_SaysItOnce(string body)
    {
        string text = string.Concat(Split($"---\ndescription: How to rotate keys quickly.\n---\n\n{body}\n").Select(chunk => chunk.Text));

        Assert.Single(text.Split("How to"), part => part.Contains("quickly", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("---\ntitle: Backups\ndescription: How to keep copies\n---\n", "How to keep copies", "Backups")]
    [InlineData("---\ndescription: How to keep copies\n---", "How to keep copies", null)]
    [InlineData("---\ntitle: Backups\n---\n\n", "Backups", null)]
    public void Split_FrontMatterAlone_GivesAPassage(string text, string passage, string? path)
    {
        DocumentChunk chunk = Assert.Single(Split(text));

        Assert.Equal((passage, path), (chunk.Text, chunk.HeadingPath));
        Assert.Equal((0, text.TrimEnd().Length), (chunk.Offset, text.Substring(chunk.Offset, chunk.Length).TrimEnd().Length));
    }

    [Fact]
    public void Split_Body_KeepsItsPlaceInTheDocument()
    {
        string text = "\uFEFF---\r\ntitle: A\r\ndescription: B\r\n---\r\n\r\n# H\r\n\r\nbody 😀\r\n";

        DocumentChunk chunk = Split(text)[^1];

        Assert.Equal("body 😀", text.Substring(chunk.Offset, chunk.Length));
        Assert.Equal(("body 😀", "A > H"), (chunk.Text, chunk.HeadingPath));
    }

    [Fact]
    public void Split_WhatDoesNotParse_IsFoundAsItStands()
    {
        string text = "---\ntitle: [unclosed\nother: yes\n---\n\n# H\n\nbody\n";

        IReadOnlyList<DocumentChunk> chunks = Split(text);

        Assert.Equal(["title: [unclosed\nother: yes", "body"], chunks.Select(chunk => chunk.Text));
        Assert.Equal([null, "H"], chunks.Select(chunk => chunk.HeadingPath));
        Assert.Equal("title: [unclosed\nother: yes", text.Substring(chunks[0].Offset, chunks[0].Length));
    }

    [Fact]
    public void Split_DescriptionThatLooksLikeMarkdown_IsAParagraph() =>
        Assert.Equal("# 1 in speed\n\nbody", Assert.Single(Split("---\ndescription: '# 1 in speed'\n---\nbody")).Text);

    [Fact]
    public void Read_FrontMatter_GivesMetadataAndWarnings()
    {
        Assert.Equal("A", MarkdownReader.Instance.Read("---\ntitle: A\n---\nbody").Metadata.Title);
        Assert.Equal(2, Assert.Single(MarkdownReader.Instance.Read("---\ntitle: [\n---\nbody").Warnings).Line);
    }

    private static IReadOnlyList<DocumentChunk> Split(string text) => Chunker.Split(text, MarkdownReader.Instance);
}
