namespace LocalRetrieval.Rag.Tests.Indexing;

public sealed class IndexingItemTests
{
    [Fact]
    public void Weight_PassagesToBeEmbeddedMovedAndDeleted_AllCount()
    {
        DocumentChunk[] chunks = [Chunk("first"), Chunk("second")];
        List<Passage> existing = [.. Enumerable.Range(0, 5).Select(ordinal => new Passage { Source = "a.md", Ordinal = ordinal, Text = "", ContentHash = $"{ordinal}" })];
        Passage alike = new() { Source = "b.md", Text = "first", ContentHash = PassageKey.ContentHash("encoder", "first") };
        IndexingItem item = new("a.md") { Document = PendingDocument.Create("a.md", DocumentMetadata.None, chunks, existing, "encoder", [alike]) };

        Assert.Equal((1, 1, 3), (item.Document.ToEmbed.Count, item.Document.Moved.Count, item.Document.Surplus.Count));
        Assert.Equal(5, item.Weight);
        item.Error = new IOException("failed");
        Assert.Equal(0, item.Weight);
    }

    private static DocumentChunk Chunk(string text) => new() { Text = text, Offset = 0, Length = text.Length, TokenCount = 1 };
}
