using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Html.Tests.Parsing;

public sealed class HostilePageTests
{
    [Theory]
    [InlineData("<div>")]
    [InlineData("<ul><li>")]
    [InlineData("<b><i>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<svg><g>")]
    [InlineData("<a><b></a>")]
    public async Task ReadAsync_NestedTooDeep_IsRefusedByName(string element)
    {
        string page = string.Concat(Enumerable.Repeat(element, 100_000));
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => PageReading.ReadAsync(page));
        Assert.Contains("page.html", exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(DocumentReadingOptions.MaxDepth), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_AnyDepthAllowed_IsStillBounded() =>
        await Assert.ThrowsAsync<InvalidDataException>(
            () => PageReading.ReadAsync(string.Concat(Enumerable.Repeat("<div>", 5000)), new DocumentReadingOptions { MaxDepth = int.MaxValue }));

    [Theory]
    [InlineData("<div>")]
    [InlineData("<ul><li>")]
    [InlineData("<blockquote>")]
    public async Task ReadAsync_DeepestAllowed_IsRead(string element)
    {
        string page = string.Concat(Enumerable.Repeat(element, 240)) + "bottom";
        DocumentContent content = await PageReading.ReadAsync(page, new DocumentReadingOptions { MaxDepth = 500 });
        Assert.EndsWith("bottom", content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_MoreElementsThanAllowed_IsRefusedByName()
    {
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => PageReading.ReadAsync(string.Concat(Enumerable.Repeat("<p>x", 2000)), new DocumentReadingOptions { MaxExpandedBytes = 128 * 1000 }));
        Assert.Contains(nameof(DocumentReadingOptions.MaxExpandedBytes), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_MillionAttributes_IsRead() =>
        Assert.Equal(["x"], await PageReading.BlocksAsync($"<p {string.Concat(Enumerable.Range(0, 1_000_000).Select(index => $"a{index}=1 "))}>x"));

    [Theory]
    [InlineData("<p title='never closed")]
    [InlineData("<!-- never closed")]
    [InlineData("<p><!")]
    [InlineData("</p></div></html>")]
    [InlineData("<![CDATA[ x")]
    [InlineData("\0\u0001")]
    public async Task ReadAsync_BrokenMarkup_EndsWithContentOrRefusal(string html)
    {
        try
        {
            Assert.NotNull(await PageReading.ReadAsync(html));
        }
        catch (InvalidDataException exception)
        {
            Assert.Contains("page.html", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ReadAsync_EmptyElementsOfXml_HoldNothing() =>
        Assert.Equal(
            ["seen", "too"],
            await PageReading.BlocksAsync("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x.js'/></head><body><p><a id='x'/>seen</p><div/><p>too<br/></p></body></html>"));

    [Fact]
    public async Task ReadAsync_Cancelled_EndsWithinTheParser()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PageReading.ReadAsync("<p>x", null, source.Token));
    }

    [Fact]
    public void CharacterStream_CancelledWhileRead_Ends()
    {
        using CancellationTokenSource source = new();
        using CharacterStream stream = new(new string('x', 10_000), source.Token);
        byte[] buffer = new byte[1024];
        Assert.Equal(1024, stream.Read(buffer));
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => stream.Read(buffer));
    }

    [Theory]
    [InlineData("<p>\ud83d\ude00 x")]
    [InlineData("<p>a\r\nb\r\n")]
    [InlineData("<table><tr><td>|<td>\\|<tr><td>c<td>d</table>")]
    public async Task ReadAsync_AnyPage_BlocksLieInTheText(string html)
    {
        DocumentContent content = await PageReading.ReadAsync(html);
        int end = 0;
        foreach (DocumentBlock block in content.Sections.SelectMany(section => section.Blocks))
        {
            Assert.InRange(block.Offset, end, content.Text.Length);
            end = block.Offset + block.Length;
            Assert.InRange(end, block.Offset + 1, content.Text.Length);
        }
    }
}
