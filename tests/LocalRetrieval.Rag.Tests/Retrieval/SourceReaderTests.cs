using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Whole sources by the key of one of their passages, over a real store.</summary>
public sealed class SourceReaderTests : IAsyncLifetime, IDisposable
{
    private const string Head = "---\ntitle: The book\n---\n\n";

    private static readonly string[] Paragraphs = [.. Enumerable.Range(0, 400).Select(number => $"Paragraph number {number} of the book tells of pump {number}.")];

    private static readonly string Book = Head + string.Join("\n\n", Paragraphs);

    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());
    private VectorStoreCollection<string, Passage>? _collection;

    public async Task InitializeAsync()
    {
        PassageIndexer indexer = new(_generator, new PassageIndexerOptions { Chunking = new ChunkingOptions { MaxTokens = 20, OverlapTokens = 5 } });
        _collection = await indexer.GetCollectionAsync(_store, "docs");
        (await indexer.IndexAsync(_collection, [new SourceDocument("book.md", Book), new SourceDocument("note.txt", "A note of the valve.")])).ThrowIfFailed();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _collection?.Dispose();
        _store.Dispose();
        _generator.Dispose();
        _cache.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(250)]
    public async Task ReadSourceAsync_AnyPassageOfASource_GivesTheWholeOfIt(int ordinal)
    {
        SourceText source = (await Reader().ReadSourceAsync(PassageKey.Create("book.md", ordinal)))!;

        Assert.Equal(("book.md", "The book", "docs"), (source.Source, source.Title, source.Collection));
        Assert.True(source.Passages > 256, $"{source.Passages} passages are less than three batches.");
        Assert.Equal(Paragraphs, Paragraphs.Where(source.Text.Contains));
        Assert.Equal(Book[Head.Length..], source.Text);
    }

    [Fact]
    public async Task ReadSourceByIdAsync_IdOfAPassage_GivesItsSource()
    {
        RetrievedPassage passage = new() { Key = PassageKey.Create("note.txt", 0), Collection = "docs", Text = "", Score = 0, Rank = 1 };

        Assert.Equal("note.txt", (await Reader().ReadSourceByIdAsync($" {PassageId.Of(passage)} "))!.Source);
        Assert.Equal("note.txt", (await Reader().ReadSourceByIdAsync(passage.Key))!.Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("note.txt")]
    [InlineData("docs/note.txt")]
    [InlineData("../note.txt")]
    [InlineData("/etc/hostname")]
    [InlineData("file:///etc/hostname")]
    public async Task ReadSourceByIdAsync_WhatIsNoId_FindsNothing(string id) => Assert.Null(await Reader().ReadSourceByIdAsync(id));

    [Fact]
    public async Task ReadSourceAsync_Filter_LeavesOutWhatItHides()
    {
        RetrievalOptions<Passage> options = new() { Filter = passage => passage.Ordinal != 1 && passage.Source == "book.md" };

        SourceText whole = (await Reader().ReadSourceAsync(PassageKey.Create("book.md", 0)))!;
        SourceText visible = (await Reader().ReadSourceAsync(PassageKey.Create("book.md", 0), options: options))!;

        Assert.Equal(whole.Passages - 1, visible.Passages);
        Assert.Null(await Reader().ReadSourceAsync(PassageKey.Create("book.md", 1), options: options));
        Assert.Null(await Reader().ReadSourceAsync(PassageKey.Create("note.txt", 0), options: options));
    }

    [Fact]
    public async Task ReadSourceAsync_NoSuchPassageOrCollection_GivesNull()
    {
        Assert.Null(await Reader().ReadSourceAsync("book.md"));
        Assert.Null(await Reader().ReadSourceAsync(PassageKey.Create("book.md", 0), "other"));
        Assert.NotNull(await Reader().ReadSourceAsync(PassageKey.Create("book.md", 0), "docs"));
        await Assert.ThrowsAsync<ArgumentException>(() => Reader().ReadSourceAsync(""));
    }

    [Fact]
    public async Task ReadSourceAsync_FilterIsRequired_RefusesARequestWithoutOne()
    {
        ISourceReader reader = Reader(options => options.RequireFilter = true);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadSourceAsync(PassageKey.Create("note.txt", 0)));

        Assert.Contains("RequireFilter", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadSourceAsync_RecordsThatDoNotSayTheirPlace_GivesThePassage()
    {
        ISourceReader reader = Reader(options => options.Mapping = new PassageMapping<Passage> { Key = passage => passage.Key, Text = passage => passage.Text });

        SourceText source = (await reader.ReadSourceAsync(PassageKey.Create("note.txt", 0)))!;

        Assert.Equal(("A note of the valve.", 1, null), (source.Text, source.Passages, source.Source));
    }

    [Fact]
    public void GetService_MiddlewareThatMayNarrow_GivesNoReader()
    {
        IPassageRetriever<Passage> narrowed = Retriever().AsBuilder().Use(inner => new NarrowRetriever(inner)).UseLogging(NullLoggerFactory.Instance).Build();

        Assert.Null(narrowed.GetService<ISourceReader>());
    }

    [Fact]
    public void GetService_OwnMiddleware_GivesTheReader()
    {
        IPassageRetriever<Passage> typed = Retriever().AsBuilder().UseQueryRewriting().UseCaching(_cache).UseLogging(NullLoggerFactory.Instance).UseOpenTelemetry().Build();
        IPassageRetriever untyped = ((IPassageRetriever)Retriever()).AsBuilder().UseQueryRewriting().UseCaching(_cache).UseLogging(NullLoggerFactory.Instance).UseOpenTelemetry().Build();

        Assert.NotNull(typed.GetService<ISourceReader>());
        Assert.NotNull(untyped.GetService<ISourceReader>());
    }

    private PassageRetriever<string, Passage> Retriever(Action<PassageRetrieverOptions<Passage>>? configure = null)
    {
        PassageRetrieverOptions<Passage> options = new();
        configure?.Invoke(options);
        return new PassageRetriever<string, Passage>(_collection!, _generator, reranker: null, options);
    }

    private ISourceReader Reader(Action<PassageRetrieverOptions<Passage>>? configure = null) => Retriever(configure).GetService<ISourceReader>()!;

    private sealed class NarrowRetriever(IPassageRetriever<Passage> inner) : DelegatingPassageRetriever<Passage>(inner);
}
