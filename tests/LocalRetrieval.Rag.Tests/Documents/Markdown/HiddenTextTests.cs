using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

/// <summary>What a page hides, and what it shows only in headings, in passages.</summary>
public sealed class HiddenTextTests
{
    private const string Guide = """
        # Guide

        ## Setup

        Install the tool.

        <!-- TODO internal: the admin password of staging is hunter2, remove before release -->

        ## The API

        <!-- Old headings. Do not remove or links may break. -->

        <a id="old-name"></a>

        ### Calls

        The API has one call: `run`. It starts the tool.

        ## Use

        Run it.
        """;

    [Fact]
    public void Split_CommentsAndAnchors_AreInNoPassage()
    {
        IReadOnlyList<DocumentChunk> chunks = Split(Guide);

        Assert.Equal(["Guide > Setup", "Guide > The API > Calls", "Guide > Use"], chunks.Select(chunk => chunk.HeadingPath));
        Assert.Equal(["Install the tool.", "The API has one call: `run`. It starts the tool.", "Run it."], chunks.Select(chunk => chunk.Text));
    }

    [Fact]
    public void Split_PassageAroundAComment_CitesItsPlace()
    {
        string text = "\uFEFFOne <!-- two --> three\r\n\r\nfour";

        DocumentChunk chunk = Assert.Single(Split(text));

        Assert.Equal("One three\r\n\r\nfour", chunk.Text);
        Assert.Equal("One <!-- two --> three\r\n\r\nfour", text.Substring(chunk.Offset, chunk.Length));
    }

    [Fact]
    public void Split_QuestionsAsHeadings_AreFound()
    {
        IReadOnlyList<DocumentChunk> chunks = Split("# FAQ\n\n## Is IPv6 supported? Yes, since version 4.2.\n\n## Is there a free tier? No.\n\n# Contact\n\nMail support@example.com.\n");

        Assert.Contains("Is IPv6 supported? Yes, since version 4.2.", chunks[0].EmbeddedText, StringComparison.Ordinal);
        Assert.Contains("Is there a free tier? No.", string.Join('\n', chunks.Select(chunk => chunk.EmbeddedText)), StringComparison.Ordinal);
        Assert.Equal(("Contact", "Mail support@example.com."), (chunks[^1].HeadingPath, chunks[^1].Text));
    }

    [Fact]
    public void Split_HeadingsAlone_GivePassages()
    {
        IReadOnlyList<DocumentChunk> chunks = Split("# Release 2.0\n\n## Fixed: crash on empty input\n\n## Added: dark mode\n");

        Assert.Contains(chunks, chunk => chunk.EmbeddedText.Contains("Fixed: crash on empty input", StringComparison.Ordinal));
        Assert.Contains(chunks, chunk => chunk.EmbeddedText.Contains("Added: dark mode", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NothingShown_SaysSo() =>
        Assert.Equal("it shows no text", MarkdownReader.Instance.Read("<!-- one -->\n\n[two]: three\n").EmptyReason);

    private static IReadOnlyList<DocumentChunk> Split(string text) => new PassageChunker(new WordTokenCounter()).Split(text, MarkdownReader.Instance);
}
