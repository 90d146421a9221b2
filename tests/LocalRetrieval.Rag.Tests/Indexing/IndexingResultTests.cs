namespace LocalRetrieval.Rag.Tests.Indexing;

public sealed class IndexingResultTests
{
    [Fact]
    public void ToString_Result_GivesFigures()
    {
        IndexingFailure failure = new() { Source = "bad.md", Error = new IOException("no such disk") };
        IndexingResult result = new() { Documents = 2, Embedded = 5, Moved = 1, Unchanged = 1234, Deleted = 3, Rebuilt = 4, Failures = [failure] };

        Assert.Equal("2 documents indexed, 1 failed; passages: 5 embedded, 1 moved, 1234 unchanged, 3 deleted, 4 rebuilt", result.ToString());
        Assert.Equal("'bad.md' was not indexed: no such disk", failure.ToString());
    }

    [Fact]
    public void ToString_Progress_GivesFigures()
    {
        IndexingProgress progress = new() { Source = "a.md", Documents = 3, TotalDocuments = 10, Passages = 42 };

        Assert.Equal("3 of 10 documents, 42 passages: 'a.md' is done", progress.ToString());
        Assert.Equal(
            "3 documents, 42 passages: 'a.md' failed: no such disk", (progress with { TotalDocuments = null, Error = new IOException("no such disk") }).ToString());
    }
}
