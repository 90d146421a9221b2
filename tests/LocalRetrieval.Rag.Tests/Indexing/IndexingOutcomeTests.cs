using LocalRetrieval.Rag.Tests.Documents.Folders;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>What becomes of documents that nothing reads.</summary>
public sealed class IndexingOutcomeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task IndexAsync_Folder_SkipsWhatNothingReads()
    {
        File.WriteAllBytes(_folder.In("a.png"), [0x89, .. "PNG\r\n"u8, 0]);
        _folder.Write("b.unknown");
        _folder.Write("c.md");
        _folder.Write("README", "Another text.");
        _folder.Write("empty.txt", " \n");
        _folder.Run("mkfifo", "pipe.md");

        IndexingResult result = await IndexAsync(SourceDocument.FromFolder(_folder.Path));

        Assert.Equal(3, result.Documents);
        Assert.Empty(result.Failures);
        Assert.Equal(
            ["'a.png' was skipped: no reader for .png (a PNG image)", "'b.unknown' was skipped: no reader for .unknown", "'pipe.md' was skipped: a pipe"],
            result.Skipped.Select(skipped => skipped.ToString()));
        Assert.Equal("'empty.txt' gave no passage: nothing that can be found is in it", Assert.Single(result.Empty).ToString());
        Assert.StartsWith("3 documents indexed, 0 failed, 3 skipped, 1 without a passage; passages: 2 embedded", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IndexAsync_PatternOfAFolder_ReadsTextAndSkipsTheRest()
    {
        File.WriteAllBytes(_folder.In("a.unknown"), [0x89, .. "PNG\r\n"u8, 0]);
        _folder.Write("b.unknown");

        IndexingResult result = await IndexAsync(SourceDocument.FromFolder(_folder.Path, "*.unknown"));

        Assert.Equal(1, result.Documents);
        Assert.Equal("a.unknown", Assert.Single(result.Skipped).Source);
    }

    [Fact]
    public async Task IndexAsync_NamedFileThatNothingReads_Fails()
    {
        File.WriteAllBytes(_folder.In("a.png"), [0x89, .. "PNG\r\n"u8, 0]);

        IndexingResult result = await IndexAsync([SourceDocument.FromFile(_folder.In("a.png"), "a.png"), SourceDocument.FromFile(_folder.In("gone.md"), "gone.md")]);

        Assert.Empty(result.Skipped);
        Assert.Equal(["a.png", "gone.md"], result.Failures.Select(failure => failure.Source));
    }

    [Fact]
    public async Task IndexAsync_FileThatVanishes_FailsAlone()
    {
        _folder.Write("a.md");
        _folder.Write("b.md");
        IReadOnlyList<SourceDocument> documents = SourceDocument.FromFolder(_folder.Path);
        File.Delete(_folder.In("a.md"));

        IndexingResult result = await IndexAsync(documents);

        Assert.Equal(1, result.Documents);
        Assert.Equal("a.md", Assert.Single(result.Failures).Source);
    }

    [Fact]
    public async Task IndexAsync_SkippedDocument_IsToldAndCounted()
    {
        _folder.Write("a.unknown");
        _folder.Write("b.md");
        List<IndexingProgress> reports = [];

        await new PassageIndexer(_generator).IndexAsync(
            _store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32)), SourceDocument.FromFolder(_folder.Path), new Progress(reports));

        Assert.Equal(
            ["1 of 2 documents, 0 passages: 'a.unknown' was skipped: no reader for .unknown", "2 of 2 documents, 1 passage: 'b.md' is done"],
            reports.Select(report => report.ToString()));
    }

    [Fact]
    public async Task IndexAsync_Warnings_ComeWithTheirSource()
    {
        PassageIndexerOptions options = new() { Readers = new DocumentReaders([new WarningReader()]) };

        IndexingResult result = await new PassageIndexer(_generator, options).IndexAsync(
            _store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32)), [new SourceDocument("a.txt", "text")]);

        Assert.Equal("'a.txt', line 3: odd", Assert.Single(result.Warnings).ToString());
        Assert.Equal("'a.txt' gave no passage: none was wanted", Assert.Single(result.Empty).ToString());
    }

    [Fact]
    public async Task IndexAsync_Reading_BoundsEachDocument()
    {
        PassageIndexerOptions options = new() { Reading = new DocumentReadingOptions { MaxBytes = 3 } };

        IndexingResult result = await new PassageIndexer(_generator, options).IndexAsync(
            _store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32)), [new SourceDocument("a", "text"), new SourceDocument("b", "abc")]);

        Assert.Equal("a", Assert.Single(result.Failures).Source);
        Assert.Equal(1, result.Documents);
    }

    [NotRootFact]
    public async Task IndexAsync_ClosedFolder_IsAFailureOfTheRun()
    {
        _folder.Write("ok.md");
        _folder.Write("locked/s.md");
        _folder.Run("chmod", "000", "locked");

        IndexingResult result = await IndexAsync(SourceDocument.FromFolder(_folder.Path));

        Assert.Equal(1, result.Documents);
        Assert.Equal("locked/", Assert.Single(result.Failures).Source);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _generator.Dispose();
        _store.Dispose();
    }

    private Task<IndexingResult> IndexAsync(IReadOnlyList<SourceDocument> documents) =>
        new PassageIndexer(_generator).IndexAsync(_store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32)), documents);

    private sealed class Progress(List<IndexingProgress> reports) : IProgress<IndexingProgress>
    {
        public void Report(IndexingProgress value) => reports.Add(value);
    }

    private sealed class WarningReader : TextDocumentReader
    {
        public override ReaderFormat Format { get; } = new() { Name = "odd", Extensions = [".txt"] };

        protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken) =>
            new() { Text = text, Sections = [], Warnings = [new DocumentWarning { Message = "odd", Line = 3 }], EmptyReason = "none was wanted" };
    }
}
