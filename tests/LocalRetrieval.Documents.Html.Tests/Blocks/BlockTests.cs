using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Html.Tests.Blocks;

public sealed class BlockTests
{
    [Fact]
    public async Task ReadAsync_NestedLists_KeepsDepthAndNumbers() =>
        Assert.Equal(
            ["3. three", "- inner", "- deeper", "4. four", "9. nine"],
            await PageReading.BlocksAsync("<ol start=3><li>three<ul><li>inner<ul><li>deeper</ul></ul><li><p>four</p><li value=9>nine</ol>"));

    [Fact]
    public async Task ReadAsync_NestedLists_IndentsByDepth() =>
        Assert.Equal("- a\n  - b\n    - c\n- d", (await PageReading.ReadAsync("<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>")).Text);

    [Fact]
    public async Task ReadAsync_ItemOfSeveralBlocks_MarksTheFirstOnly() =>
        Assert.Equal(["- first", "second", "x = 1"], await PageReading.BlocksAsync("<ul><li><p>first</p><p>second</p><pre>x = 1</pre></ul>"));

    [Fact]
    public async Task ReadAsync_Definitions_PutsTermBeforeDefinition() =>
        Assert.Equal(
            ["limit, max\nThe most rows.", "More of it.", "alone"],
            await PageReading.BlocksAsync("<dl><dt>limit<dt>max<dd><p>The most rows.</p><p>More of it.</p></dd><dt>alone</dt></dl>"));

    [Fact]
    public async Task ReadAsync_TermBeforeCode_StaysBeforeIt() =>
        Assert.Equal(["term", "code", "after"], await PageReading.BlocksAsync("<dl><dt>term<dd><pre>code</pre>after</dl>"));

    [Fact]
    public async Task ReadAsync_Headings_MakePaths() =>
        Assert.Equal(
            ["A", "A > B", "A > C"],
            await PageReading.PathsAsync("<h1>A</h1><p>one</p><h3>B</h3><p>two</p><div role=heading aria-level=2>C</div><p>three</p>"));

    [Theory]
    [InlineData("<h2 id=x>Install<a class=headerlink href='#x'>¶</a></h2>")]
    [InlineData("<h2 id=x>Install <a href='#x'>#</a></h2>")]
    [InlineData("<h2 id=x><a class=anchor aria-hidden=true href='#x'></a>Install</h2>")]
    [InlineData("<h2 id=x>Install<span class=mw-editsection>[<a href='/e'>edit</a>]</span></h2>")]
    public async Task ReadAsync_MarkOfHeading_IsNoPartOfIt(string heading) =>
        Assert.Equal(["Install"], await PageReading.PathsAsync(heading + "<p>text</p>"));

    [Fact]
    public async Task ReadAsync_HeadingAlone_IsABlock()
    {
        DocumentContent content = await PageReading.ReadAsync("<title>T</title><h2>Nothing below</h2>");
        Assert.Equal(DocumentBlockKind.Heading, Assert.Single(Assert.Single(content.Sections).Blocks).Kind);
    }

    [Fact]
    public async Task ReadAsync_HeadingNeverClosed_KeepsTheTextBelow()
    {
        string text = string.Concat(Enumerable.Repeat("long text below a heading ", 20));
        Assert.Contains(text.Trim(), await PageReading.BlocksAsync($"<h1>Title<p>{text}</p>"));
    }

    [Fact]
    public async Task ReadAsync_FigureDetailsAndQuotation_AreKept() =>
        Assert.Equal(
            ["a cat", "Figure 1. A cat", "More", "inside", "quoted title", "quoted"],
            await PageReading.BlocksAsync(
                "<figure><img alt='a cat'><figcaption>Figure 1. A cat</figcaption></figure><details><summary>More</summary>inside</details><blockquote><h2>quoted title</h2>quoted</blockquote>"));

    [Fact]
    public async Task ReadAsync_Controls_AreDropped() =>
        Assert.Equal(
            ["seen"],
            await PageReading.BlocksAsync("<p>seen</p><button>Copy</button><select><option>x</select><textarea>y</textarea><noscript>z</noscript><template><p>t</p></template><svg><text>s</text></svg><iframe>i</iframe>"));
}
