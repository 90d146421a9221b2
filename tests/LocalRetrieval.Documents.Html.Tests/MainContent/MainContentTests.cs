namespace LocalRetrieval.Documents.Html.Tests.MainContent;

public sealed class MainContentTests
{
    private const string Prose = "Vectors are kept in columns, and a column is searched by its index, whatever the codec may be that it was written with.";

    [Theory]
    [InlineData("<nav><a href=/>Home</a></nav>")]
    [InlineData("<header><a href=/>Site</a></header>")]
    [InlineData("<footer>Copyright 2024</footer>")]
    [InlineData("<div role=navigation><a href=/>Home</a></div>")]
    [InlineData("<div class=cookie-banner>We use cookies. <a href=/c>More</a></div>")]
    [InlineData("<div id=onetrust-consent-sdk>Accept all</div>")]
    [InlineData("<ol class=breadcrumb><li>Home<li>Docs</ol>")]
    [InlineData("<a class=skip-link href='#main'>Skip to content</a>")]
    [InlineData("<a href='#main'>Skip to main content</a>")]
    [InlineData("<p><a href='https://x/edit'>Edit this page</a></p>")]
    [InlineData("<aside>Related: <a href=/a>A</a></aside>")]
    [InlineData("<div class=sidebar><a href=/a>A</a><a href=/b>B</a></div>")]
    [InlineData("<script>var x = '<p>y</p>';</script><style>p{}</style>")]
    [InlineData("<form role=search><label>Search</label><input></form>")]
    [InlineData("<div class='pagination-nav'><a href=/n>Next</a></div>")]
    [InlineData("<dialog>Subscribe!</dialog>")]
    public async Task ReadAsync_Noise_IsDropped(string noise)
    {
        string body = $"<div><p>{Prose}</p><p>{Prose}</p></div>";
        Assert.Equal([Prose, Prose], await PageReading.BlocksAsync($"<!doctype html><body>{noise}{body}"));
        Assert.Equal([Prose, Prose], await PageReading.BlocksAsync($"<!doctype html><body>{body}{noise}"));
    }

    [Theory]
    [InlineData("main")]
    [InlineData("article")]
    [InlineData("div role=main")]
    public async Task ReadAsync_NamedMain_IsReadAlone(string element) =>
        Assert.Equal([Prose], await PageReading.BlocksAsync($"<body><div>Around it</div><{element}><p>{Prose}</p></{element.Split(' ')[0]}><div>Below it</div>"));

    [Fact]
    public async Task ReadAsync_MainWithLittleOfThePage_TakesTheBody()
    {
        string[] blocks = await PageReading.BlocksAsync($"<body><main>Search</main><div><p>{Prose}</p></div><div><p>{Prose}</p></div>");
        Assert.Equal([Prose, Prose], blocks.Where(block => block == Prose));
    }

    [Fact]
    public async Task ReadAsync_SeveralArticles_AreAllRead() =>
        Assert.Equal([Prose, Prose, Prose], await PageReading.BlocksAsync($"<body><article><p>{Prose}</p></article><article><p>{Prose}</p></article><article><p>{Prose}</p></article>"));

    [Theory]
    [InlineData("<body><nav><a href=/a>Only links</a></nav>", "Only links")]
    [InlineData("<body><footer>Only a footer</footer>", "Only a footer")]
    [InlineData("<body>bare text", "bare text")]
    [InlineData("no tags at all", "no tags at all")]
    public async Task ReadAsync_PageOfNothingElse_IsNotLost(string html, string expected) =>
        Assert.Equal([expected], await PageReading.BlocksAsync(html));

    [Fact]
    public async Task ReadAsync_NavigationLongerThanTheText_IsDropped()
    {
        string links = string.Concat(Enumerable.Range(0, 200).Select(index => $"<li><a href=/{index}>Chapter {index} of the book</a>"));
        Assert.Equal([Prose, Prose], await PageReading.BlocksAsync($"<body><div role=navigation><ul>{links}</ul></div><div><p>{Prose}</p><p>{Prose}</p></div>"));
    }

    [Fact]
    public async Task ReadAsync_PageThatIsNavigationAsAWhole_IsNotLost()
    {
        string links = string.Concat(Enumerable.Range(0, 200).Select(index => $"<li><a href=/{index}>Chapter {index} of the book</a>"));
        Assert.Contains("- Chapter 199 of the book", await PageReading.BlocksAsync($"<body><h1>Contents</h1><nav><ul>{links}</ul></nav>"));
    }

    [Fact]
    public async Task ReadAsync_SectionAboutCookies_IsContent() =>
        Assert.Contains("How the banner is set up.", await PageReading.BlocksAsync($"<main><section id=cookie-consent><h2 id=cookie-banner>Cookie banner</h2><p>How the banner is set up.</p></section><p>{Prose}</p></main>"));

    [Fact]
    public async Task ReadAsync_AsideInMain_IsContent() =>
        Assert.Contains("Mind the gap.", await PageReading.BlocksAsync($"<main><p>{Prose}</p><aside class=admonition><p>Mind the gap.</p></aside></main>"));

    [Theory]
    [InlineData("<!doctype html><html><body></body></html>")]
    [InlineData("<!doctype html><div id=root></div><script>render()</script>")]
    [InlineData("<frameset><frame src=a.html></frameset>")]
    [InlineData("")]
    public async Task ReadAsync_NothingToRead_SaysWhy(string html)
    {
        LocalRetrieval.Rag.DocumentContent content = await PageReading.ReadAsync(html);
        Assert.Empty(content.Sections);
        Assert.False(string.IsNullOrWhiteSpace(content.EmptyReason));
    }
}
