using LocalRetrieval.Rag.Tests.Fakes;

namespace LocalRetrieval.Rag.Tests.Documents;

public sealed class DocumentContextTests
{
    [Fact]
    public async Task ReadNestedAsync_DocumentsInEachOther_EndAtTheLimit()
    {
        int deepest = 0;
        NamedReader? reader = null;
        reader = new NamedReader("box", [".box"])
        {
            OnRead = async (_, context, token) =>
            {
                deepest = Math.Max(deepest, context.Depth);
                await context.ReadNestedAsync("inner.box", new MemoryStream([1]), token);
            },
        };
        DocumentReaders readers = new([reader]);
        SourceDocument document = SourceDocument.FromStream("outer.box", _ => Task.FromResult<Stream>(new MemoryStream([1])));

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => readers.ReadAsync(document, new DocumentReadingOptions { MaxDepth = 48 }));

        Assert.Equal(3, deepest);
        Assert.Contains("'outer.box > inner.box > inner.box > inner.box' has documents in each other more than 3 deep", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadNestedAsync_Parts_AreCountedTogether()
    {
        DocumentContext context = new("a", new DocumentReadingOptions { MaxParts = 3, MaxExpandedBytes = 100 })
        {
            Readers = new DocumentReaders([new NamedReader("in", [".in"]) { OnRead = (_, nested, _) => { nested.CountParts(); nested.CountExpanded(60); return Task.CompletedTask; } }]),
        };

        Assert.Equal("in", (await context.ReadNestedAsync("a.in", new MemoryStream([1])))!.Text);
        Assert.Null(await context.ReadNestedAsync("a.other", new MemoryStream([1])));
        Assert.Contains("MaxParts", (await Assert.ThrowsAsync<InvalidDataException>(() => context.ReadNestedAsync("b.in", new MemoryStream([1])))).Message, StringComparison.Ordinal);
        Assert.Contains("MaxExpandedBytes", Assert.Throws<InvalidDataException>(() => context.CountExpanded(41)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bound_Stream_ThrowsWhenMoreComesOut()
    {
        DocumentContext context = new("a", new DocumentReadingOptions { MaxExpandedBytes = 100 });
        using Stream within = context.Bound(new MemoryStream(new byte[100]));
        await within.CopyToAsync(Stream.Null);

        using Stream beyond = context.Bound(new MemoryStream(new byte[1]));
        await Assert.ThrowsAsync<InvalidDataException>(() => beyond.CopyToAsync(Stream.Null));
    }
}
