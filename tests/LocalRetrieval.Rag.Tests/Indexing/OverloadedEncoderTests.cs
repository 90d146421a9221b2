using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>Indexing by an encoder that refuses what it cannot take.</summary>
public sealed class OverloadedEncoderTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();
    private readonly VectorStoreCollection<string, Passage> _collection;
    private readonly PassageIndexer _indexer;

    public OverloadedEncoderTests()
    {
        _collection = _store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32));
        _indexer = new PassageIndexer(_generator, new PassageIndexerOptions { TimeProvider = _clock });
    }

    [Fact]
    public async Task IndexAsync_EncoderThatIsOverloaded_IsAskedAgainWithGrowingPausesAndNothingFails()
    {
        for (int i = 0; i < 8; i++)
        {
            _generator.Refusals.Enqueue(new EncoderOverloadedException());
        }

        Task<IndexingResult> indexing = _indexer.IndexAsync(_collection, [new SourceDocument("a.md", "one"), new SourceDocument("b.md", "two")]);
        List<double> pauses = [];
        for (int i = 0; i < 8; i++)
        {
            pauses.Add(await ElapseAsync());
        }

        IndexingResult result = await indexing.OrHang();

        Assert.Equal([100, 200, 400, 800, 1600, 3200, 5000, 5000], pauses);
        Assert.Equal((2, 2, 0), (result.Documents, result.Embedded, result.Failures.Count));
        // Together, as if nothing had been.
        Assert.Equal(9, _generator.Requests);
    }

    [Theory]
    [InlineData(0.02, 100)]
    [InlineData(1.5, 1500)]
    [InlineData(60, 5000)]
    public async Task IndexAsync_EncoderThatSaysHowLong_IsAskedThen(double expectedSeconds, double pause)
    {
        _generator.Refusals.Enqueue(new EncoderOverloadedException("a model", queuedTexts: 100, TimeSpan.FromSeconds(expectedSeconds)));

        Task<IndexingResult> indexing = _indexer.IndexAsync(_collection, [new SourceDocument("a.md", "one")]);

        Assert.Equal(pause, await ElapseAsync());
        Assert.Empty((await indexing.OrHang()).Failures);
    }

    [Fact]
    public async Task IndexAsync_CancelledDuringAPause_Ends()
    {
        using CancellationTokenSource cancellation = new();
        _generator.Refusals.Enqueue(new EncoderOverloadedException());
        Task<IndexingResult> indexing = _indexer.IndexAsync(_collection, [new SourceDocument("a.md", "one")], cancellationToken: cancellation.Token);
        await _clock.NextTimerAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => indexing.OrHang());
    }

    public void Dispose()
    {
        _collection.Dispose();
        _store.Dispose();
        _generator.Dispose();
    }

    private async Task<double> ElapseAsync()
    {
        ManualClock.PendingTimer timer = await _clock.NextTimerAsync();
        timer.Elapse();
        return timer.Due.TotalMilliseconds;
    }
}
