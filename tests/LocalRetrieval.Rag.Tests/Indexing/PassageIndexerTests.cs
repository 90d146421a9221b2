using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

public sealed class PassageIndexerTests : IDisposable
{
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();
    private readonly FaultyCollection _collection;

    public PassageIndexerTests() =>
        _collection = new FaultyCollection(_store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32)));

    [Fact]
    public async Task IndexAsync_NewDocuments_WritesPassagesWithTheirPlace()
    {
        string text = "# Head\r\n\r\nbody 😀\r\n\r\n## Sub\r\n\r\nmore";

        IndexingResult result = await IndexAsync(new SourceDocument("a.md", text), new SourceDocument("b.txt", "plain"));

        Assert.Equal((2, 3, 0, 0, 0), (result.Documents, result.Embedded, result.Moved, result.Unchanged, result.Deleted));
        List<Passage> passages = await PassagesAsync("a.md");
        Assert.Equal(["Head", "Head > Sub"], passages.Select(passage => passage.HeadingPath));
        Assert.All(passages, passage => Assert.Equal(text.Substring(passage.Offset, passage.Length), passage.Text));
        Assert.Equal(
            [("Head\nbody 😀", "document"), ("Head > Sub\nmore", "document"), ("plain", "document")], _generator.Embedded.ToArray());
        Assert.Equal(_generator.Vector("Head > Sub\nmore"), passages[1].Vector.ToArray());
    }

    [Fact]
    public async Task IndexAsync_SameAgain_EmbedsAndWritesNothing()
    {
        SourceDocument document = Document("one", "two", "three");
        await IndexAsync(document);
        int requests = _generator.Requests;
        _collection.Upserted.Clear();

        IndexingResult result = await IndexAsync(document);

        Assert.Equal((1, 0, 3), (result.Documents, result.Embedded, result.Unchanged));
        Assert.Equal(requests, _generator.Requests);
        Assert.Empty(_collection.Upserted);
    }

    [Fact]
    public async Task IndexAsync_DocumentThatIsKnown_LoadsTheVectorsOfWhatMovedAlone()
    {
        await IndexAsync(Document("one", "two", "three"));
        await IndexAsync(Document("one", "two", "three"));

        Assert.Empty(_collection.FetchedVectors);

        IndexingResult result = await IndexAsync(Document("one", "three"));

        Assert.Equal((0, 1, 1, 1), (result.Embedded, result.Moved, result.Unchanged, result.Deleted));
        Assert.Equal(PassageKey.Create("a.md", 2), Assert.Single(_collection.FetchedVectors));
        List<Passage> passages = await PassagesAsync("a.md");
        Assert.All(passages, passage => Assert.Equal(_generator.Vector(passage.EmbeddedText), passage.Vector.ToArray()));
    }

    [Fact]
    public async Task IndexAsync_InsertedSection_EmbedsItAlone()
    {
        await IndexAsync(Document("one", "two", "three"));
        _generator.Embedded.Clear();

        IndexingResult result = await IndexAsync(Document("zero", "one", "two", "three"));

        Assert.Equal((1, 3, 0, 0), (result.Embedded, result.Moved, result.Unchanged, result.Deleted));
        Assert.Equal("H\nzero", Assert.Single(_generator.Embedded).Text);
        List<Passage> passages = await PassagesAsync("a.md");
        Assert.Equal(["zero", "one", "two", "three"], passages.Select(passage => passage.Text));
        Assert.All(passages, passage => Assert.Equal(_generator.Vector(passage.EmbeddedText), passage.Vector.ToArray()));
    }

    [Fact]
    public async Task IndexAsync_ShorterDocument_DeletesTheSurplus()
    {
        await IndexAsync(Document([.. Enumerable.Range(0, 1200).Select(index => $"text{index}")]), new SourceDocument("b.md", "other"));

        IndexingResult result = await IndexAsync(Document("text0", "changed"));

        Assert.Equal((1, 1, 1198), (result.Embedded, result.Unchanged, result.Deleted));
        Assert.Equal(["text0", "changed"], (await PassagesAsync("a.md")).Select(passage => passage.Text));
        Assert.Single(await PassagesAsync("b.md"));
    }

    [Fact]
    public async Task IndexAsync_OneDocumentFails_KeepsItsOldPassagesAndTheOthers()
    {
        await IndexAsync(new SourceDocument("bad", "old text"));
        _generator.FailOn = "poison";

        IndexingResult result = await IndexAsync(
            new SourceDocument("first", "good"), new SourceDocument("bad", "poison"), new SourceDocument("last", "fine"));

        Assert.Equal(2, result.Documents);
        IndexingFailure failure = Assert.Single(result.Failures);
        Assert.Equal("bad", failure.Source);
        Assert.IsType<IOException>(failure.Error);
        Assert.Equal(["old text", "good", "fine"], [.. await TextsAsync("bad"), .. await TextsAsync("first"), .. await TextsAsync("last")]);
        Assert.Contains("'bad'", Assert.ThrowsAny<AggregateException>(result.ThrowIfFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IndexAsync_WritingFails_DeletesNothing()
    {
        await IndexAsync(Document("one", "two", "three"));
        _collection.FailUpsert = _ => true;

        IndexingResult result = await IndexAsync(Document("changed"));

        Assert.Single(result.Failures);
        Assert.Equal(["one", "two", "three"], await TextsAsync("a.md"));
    }

    [Fact]
    public async Task IndexAsync_WritingFailsFarIn_KeepsAllOldPassages()
    {
        string[] old = [.. Enumerable.Range(0, 100).Select(index => $"old{index}")];
        await IndexAsync(Document(old));
        _collection.FailUpsert = passage => passage.Ordinal == 70;

        IndexingResult result = await IndexAsync(Document([.. Enumerable.Range(0, 100).Select(index => $"new{index}")]));

        Assert.Single(result.Failures);
        Assert.Equal(old, await TextsAsync("a.md"));
    }

    [Fact]
    public async Task IndexAsync_DeletingFails_IsMadeGoodByTheNextRun()
    {
        await IndexAsync(Document([.. Enumerable.Range(0, 150).Select(index => $"text{index}")]));
        _collection.FailDelete = true;
        Assert.Single((await IndexAsync(Document("one"))).Failures);
        _collection.FailDelete = false;

        Assert.Equal(149, (await IndexAsync(Document("one"))).Deleted);
        Assert.Equal(["one"], await TextsAsync("a.md"));
    }

    [Theory]
    [InlineData("# Head\n\nfirst 😀\n\nsecond ? here", true)]
    [InlineData("# Head\n\nfirst 😀\n\nsecond ? here", false)]
    [InlineData("# He?d\n\nfirst", true)]
    [InlineData("# He?d\n\nfirst", false)]
    public async Task IndexAsync_LoneSurrogate_IsReportedWithItsPlaceInTheSource(string marked, bool counterRefuses)
    {
        // The arguments of an attribute are UTF-8, which has no lone surrogates.
        string text = marked.Replace('?', '\ud83d');
        using RefusingGenerator generator = new(counterRefuses ? new StrictTokenCounter() : new WordTokenCounter());

        IndexingResult result = await new PassageIndexer(generator).IndexAsync(_collection, [new SourceDocument("broken.md", text), new SourceDocument("b.md", "fine")]);

        Exception error = Assert.IsType<ArgumentException>(Assert.Single(result.Failures).Error);
        Assert.Contains("'broken.md'", error.Message, StringComparison.Ordinal);
        Assert.Contains($" at {marked.IndexOf('?', StringComparison.Ordinal)} ", error.Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(error.InnerException);
        Assert.Equal(1, result.Documents);
    }

    [Fact]
    public async Task IndexAsync_LoneSurrogateThatIsReplaced_Passes() =>
        Assert.Equal(1, (await IndexAsync(new SourceDocument("a", "a \ud83d here"))).Documents);

    [Fact]
    public async Task IndexAsync_UnreadableFile_IsAFailure()
    {
        IndexingResult result = await IndexAsync(SourceDocument.FromFile("missing.md"), new SourceDocument("b", "text"));

        Assert.IsType<FileNotFoundException>(Assert.Single(result.Failures).Error);
        Assert.Equal(1, result.Documents);
    }

    [Fact]
    public async Task IndexAsync_SameSourceTwice_IsAFailure()
    {
        IndexingResult result = await IndexAsync(new SourceDocument("a", "one"), new SourceDocument("a", "two"));

        Assert.Contains("'a'", Assert.Single(result.Failures).Error.Message, StringComparison.Ordinal);
        Assert.Equal(["one"], await TextsAsync("a"));
    }

    [Fact]
    public async Task IndexAsync_ManyDocuments_SharesBatchesAndReportsEach()
    {
        SynchronousProgress progress = new();

        await Indexer(batchSize: 10).IndexAsync(_collection, Enumerable.Range(0, 25).Select(index => new SourceDocument($"s{index}", $"text {index}")).ToList(), progress);

        Assert.Equal(3, _generator.Requests);
        Assert.Equal(Enumerable.Range(1, 25), progress.Reports.Select(report => report.Documents));
        Assert.All(progress.Reports, report => Assert.Equal(25, report.TotalDocuments));
        Assert.Equal(25, progress.Reports[^1].Passages);
    }

    [Fact]
    public async Task IndexAsync_Cancelled_KeepsWhatIsDone()
    {
        using CancellationTokenSource cancellation = new();
        SynchronousProgress progress = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Indexer(batchSize: 1).IndexAsync(_collection, Documents(), progress, cancellation.Token));

        Assert.Equal(["text"], await TextsAsync("first"));
        Assert.Empty(await TextsAsync("second"));

        async IAsyncEnumerable<SourceDocument> Documents()
        {
            yield return new SourceDocument("first", "text");
            await HangGuard.UntilAsync(() => progress.Reports.Count > 0);
            await cancellation.CancelAsync();
            yield return new SourceDocument("second", "text");
        }
    }

    [Fact]
    public async Task IndexAsync_Concurrent_EqualsSerial()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() => IndexAsync(new SourceDocument($"s{index}", $"text {index}")))));

        for (int index = 0; index < 20; index++)
        {
            Assert.Equal([$"text {index}"], await TextsAsync($"s{index}"));
        }
    }

    [Fact]
    public async Task DeleteSourceAsync_Source_DeletesItsPassagesAlone()
    {
        await IndexAsync(Document("one", "two"), new SourceDocument("b", "text"));

        Assert.Equal(2, await PassageIndexer.DeleteSourceAsync(_collection, "a.md"));
        Assert.Empty(await TextsAsync("a.md"));
        Assert.Single(await TextsAsync("b"));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task GetCollectionAsync_Dimensions_ComeFromMetadataOrAProbe(bool saysDimensions, int requests)
    {
        FakeEmbeddingGenerator generator = new(dimensions: 7, saysDimensions);
        PassageIndexer indexer = new(generator);

        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(_store, "seven");

        Assert.Equal(requests, generator.Requests);
        Assert.Equal(1, (await indexer.IndexAsync(collection, [new SourceDocument("a", "text")])).Documents);
    }

    [Fact]
    public void Constructor_NoTokenCounter_NamesTheFix()
    {
        using NoServicesGenerator generator = new(_generator);

        Assert.Contains("PassageIndexerOptions.TokenCounter", Assert.Throws<ArgumentException>(() => new PassageIndexer(generator)).Message, StringComparison.Ordinal);
        _ = new PassageIndexer(generator, new PassageIndexerOptions { TokenCounter = new WordTokenCounter() });
    }

    public void Dispose()
    {
        _collection.Dispose();
        _store.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public async Task IndexAsync_NullDocument_FailsByItsIndexAndTheOthersAreIndexed()
    {
        IndexingResult result = await IndexAsync(Document("one"), null!, new SourceDocument("b.md", "two"));

        IndexingFailure failure = Assert.Single(result.Failures);
        Assert.Equal("documents[1]", failure.Source);
        Assert.Contains("index 1 is null", Assert.IsType<ArgumentException>(failure.Error).Message, StringComparison.Ordinal);
        Assert.Equal(2, result.Documents);
    }

    [Theory]
    [InlineData(false, "gave null instead of embeddings")]
    [InlineData(true, "gave null as the embedding at index 0 of 1")]
    public async Task IndexAsync_GeneratorGivesNull_SaysWhichGenerator(bool hasItem, string fault)
    {
        using NullGenerator generator = new(hasItem);

        IndexingResult result = await new PassageIndexer(generator).IndexAsync(_collection, [new SourceDocument("b.md", "two")]);

        Assert.Contains("NullGenerator " + fault, Assert.IsType<InvalidOperationException>(Assert.Single(result.Failures).Error).Message, StringComparison.Ordinal);
    }

    private PassageIndexer Indexer(int batchSize = 64) => new(_generator, new PassageIndexerOptions { BatchSize = batchSize });

    private Task<IndexingResult> IndexAsync(params SourceDocument[] documents) => Indexer().IndexAsync(_collection, documents);

    private Task<List<Passage>> PassagesAsync(string source) => StoredPassages.OfAsync(_collection, source);

    private async Task<IEnumerable<string>> TextsAsync(string source) => (await PassagesAsync(source)).Select(passage => passage.Text);

    /// <summary>A document with one passage for each text, since each has a section of its own.</summary>
    private static SourceDocument Document(params string[] texts) => new("a.md", string.Concat(texts.Select(text => $"# H\n\n{text}\n\n")));

    private sealed class SynchronousProgress : IProgress<IndexingProgress>
    {
        public List<IndexingProgress> Reports { get; } = [];

        public void Report(IndexingProgress value) => Reports.Add(value);
    }
}
