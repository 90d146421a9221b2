using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Html.Tests.Metadata;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("<title>Install | Acme Docs</title><h1>Install</h1>", "Install")]
    [InlineData("<title>open — Python 3.12 documentation</title><h1>open<a class=headerlink href='#o'>¶</a></h1>", "open")]
    [InlineData("<title>Acme: Install</title><meta property=og:site_name content=Acme>", "Install")]
    [InlineData("<title>Install - Acme</title><meta property=og:site_name content=Acme>", "Install")]
    [InlineData("<title>Install - Acme</title>", "Install - Acme")]
    [InlineData("<title>Install | Acme</title><h1><a href=/>Acme</a></h1>", "Install")]
    [InlineData("<title>Install - The Book</title><h1 class=menu-title>The Book</h1><h2>Install</h2>", "Install")]
    [InlineData("<title>\n A \n B </title>", "A B")]
    [InlineData("<h1>Only a heading</h1>", "Only a heading")]
    [InlineData("<meta property=og:title content=Shared>", "Shared")]
    [InlineData("<svg><title>Icon</title></svg><p>x", null)]
    public async Task ReadAsync_Title_IsThePagesOwn(string html, string? expected) =>
        Assert.Equal(expected, (await PageReading.ReadAsync(html)).Metadata.Title);

    [Fact]
    public async Task ReadAsync_Head_GivesMetadata()
    {
        DocumentMetadata metadata = (await PageReading.ReadAsync(
            """
            <!doctype html><html lang="de-AT"><head><meta name="Description" content="Was es ist."><meta name="author" content="Ada">
            <meta name="keywords" content="a, b,a"><meta property="article:published_time" content="2024-02-03T04:05:06+01:00">
            <meta property="article:modified_time" content="2024-03-01"><link rel="canonical" href="https://example.org/x"></head><body><p>x</p>
            """)).Metadata;
        Assert.Equal(("Was es ist.", "Ada", "de-AT"), (metadata.Description, metadata.Author, metadata.Language));
        Assert.Equal(["a", "b"], metadata.Tags);
        Assert.Equal(new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)), metadata.Published);
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), metadata.Modified);
        Assert.Contains("canonical=https://example.org/x", metadata.Properties);
    }

    [Theory]
    [InlineData("""{"@type":"Article","headline":"h","datePublished":"2020-05-06","author":[{"name":"Ada"},{"name":"Bob"}],"keywords":["k"]}""")]
    [InlineData("""{"@graph":[{"@type":"WebSite"},{"headline":"h","datePublished":"2020-05-06","author":"Ada, Bob","keywords":"k"}]}""")]
    public async Task ReadAsync_JsonLd_IsReadAsData(string json)
    {
        DocumentMetadata metadata = (await PageReading.ReadAsync($"<script type='application/ld+json'>{json}</script><p>x")).Metadata;
        Assert.Equal(new DateTimeOffset(2020, 5, 6, 0, 0, 0, TimeSpan.Zero), metadata.Published);
        Assert.Equal("Ada, Bob", metadata.Author);
        Assert.Equal(["k"], metadata.Tags);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("""{"datePublished":"never","author":3}""")]
    public async Task ReadAsync_BrokenJsonLd_SaysNothing(string json)
    {
        DocumentMetadata metadata = (await PageReading.ReadAsync($"<script type='application/ld+json'>{json}</script><p>x")).Metadata;
        Assert.Equal((null, null), (metadata.Published, metadata.Author));
    }

    [Fact]
    public async Task ReadAsync_PublishedTime_CountsAndAnyOtherTimeDoesNot()
    {
        Assert.Equal(2019, (await PageReading.ReadAsync("<time datetime=2001-01-01>then</time><time class=published datetime=2019-01-01>now</time>")).Metadata.Published?.Year);
        Assert.Null((await PageReading.ReadAsync("<p>x <time datetime=2001-01-01>then</time>")).Metadata.Published);
    }
}
