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
    public void ToString_OneOfEach_IsSingular()
    {
        IndexingWarning warning = new() { Source = "a.md", Warning = new DocumentWarning { Message = "odd" } };

        Assert.StartsWith("1 document indexed, 0 failed, 1 warning; ", new IndexingResult { Documents = 1, Warnings = [warning] }.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("2 documents indexed, 0 failed, 2 warnings; ", new IndexingResult { Documents = 2, Warnings = [warning, warning] }.ToString(), StringComparison.Ordinal);
        Assert.Equal("1 of 1 document, 1 passage: 'a.md' is done", new IndexingProgress { Source = "a.md", Documents = 1, TotalDocuments = 1, Passages = 1 }.ToString());
    }

    [Fact]
    public void ToString_ErrorThatBeginsWithTheName_SaysItOnce()
    {
        InvalidDataException error = new("'sub/bad.docx' is no whole ZIP archive. Store it anew.");

        Assert.Equal("'sub/bad.docx' is no whole ZIP archive. Store it anew.", new IndexingFailure { Source = "sub/bad.docx", Error = error }.ToString());
        Assert.Equal(
            "3 documents, 1 passage: 'sub/bad.docx' is no whole ZIP archive. Store it anew.",
            new IndexingProgress { Source = "sub/bad.docx", Documents = 3, Passages = 1, Error = error }.ToString());
        Assert.Equal("'bad.docx' was not indexed: 'sub/bad.docx' is no whole ZIP archive. Store it anew.", new IndexingFailure { Source = "bad.docx", Error = error }.ToString());
    }

    [Fact]
    public void ThrowIfFailed_Failures_SaysEachOnce()
    {
        IndexingFailure Failure(string source, string message) => new() { Source = source, Error = new IOException(message) };
        IndexingResult result = new()
        {
            Documents = 1,
            Failures =
            [
                Failure("a.md", "'a.md' is binary."), Failure("b.md", "no such disk"), Failure("c.md", "no such disk"), Failure("d.md", "no such disk"), Failure("e.md", "no such disk"),
            ],
        };

        AggregateException thrown = Assert.ThrowsAny<AggregateException>(result.ThrowIfFailed);

        Assert.Equal(
            ["5 of 6 documents were not indexed:", "'a.md' is binary.", "'b.md', 'c.md', 'd.md' and 1 more: was not indexed: no such disk"],
            thrown.Message.Split(Environment.NewLine));
        Assert.Equal(result.Failures.Select(failure => failure.Error), thrown.InnerExceptions);
    }

    [Fact]
    public void ThrowIfFailed_VeryManyReasons_CountsTheRest()
    {
        IndexingFailure[] failures = [.. Enumerable.Range(0, 25).Select(index => new IndexingFailure { Source = $"{index}.md", Error = new IOException($"reason {index}") })];

        string[] lines = Assert.ThrowsAny<AggregateException>(new IndexingResult { Failures = failures }.ThrowIfFailed).Message.Split(Environment.NewLine);

        Assert.Equal((22, "and 5 others"), (lines.Length, lines[^1]));
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
