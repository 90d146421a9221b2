using LocalRetrieval.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>An index that fails costs its speed alone: the column is searched exactly, and the log says so once.</summary>
public sealed class IndexFaultTests : IDisposable
{
    private readonly RecordingLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData("Add")]
    [InlineData("Renumber")]
    [InlineData("Repair")]
    public async Task Upkeep_AMemberFails_GivesTheIndexUp(string member)
    {
        CopyIndexes indexes = Failing(member, new InvalidOperationException("Broken."));
        using LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();

        await Items.AssertFindsAsync(items, [.. Items.Make(0, 300, number: 9)]);

        VectorIndexStatistics statistics = await Items.MeasureAsync(store);
        Assert.Equal((IndexKind.Hnsw, IndexKind.Flat, "given up, since it failed: Broken.", 0, 0), (statistics.Kind, statistics.KindInUse, statistics.Reason, statistics.Rows, statistics.Bytes));
        Assert.Equal("The index of property 'Vector' of collection 'docs' failed and was given up: all vectors are compared until the collection is opened anew.", Assert.Single(_log.Messages));
        Assert.Equal(1, indexes.Calls(member));
    }

    [Fact]
    public async Task Upkeep_NoMemoryForTheIndex_HasNoneForAWhile()
    {
        CopyIndexes indexes = Failing("Add", new InsufficientMemoryException());
        using LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();

        await Items.AssertFindsAsync(items, [.. Items.Make(0, 300, number: 9)]);

        VectorIndexStatistics statistics = await Items.MeasureAsync(store);
        Assert.Equal((IndexKind.Flat, "there was no memory for it; it is tried again after 5 minutes", 0), (statistics.KindInUse, statistics.Reason, statistics.Bytes));
        Assert.Equal("There was no memory for the index of property 'Vector' of collection 'docs': all vectors are compared, and it is tried again after 5 minutes.", Assert.Single(_log.Messages));
        Assert.Equal(1, indexes.Calls("Add"));
    }

    [Fact]
    public async Task Upkeep_ThereIsMemoryAgainAfterThePause_MakesTheIndex()
    {
        bool isShort = true;
        CopyIndexes indexes = new()
        {
            PauseWithoutMemory = TimeSpan.Zero,
            Entered = (member, _) =>
            {
                if (member == "Add" && isShort)
                {
                    isShort = false;
                    throw new InsufficientMemoryException();
                }
            },
        };
        using LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();
        await items.UpsertAsync(Items.Make(0, 300, number: 9));
        await items.WhenIndexedAsync();

        VectorIndexStatistics statistics = await Items.MeasureAsync(store);
        Assert.Equal((IndexKind.Hnsw, null, 0), (statistics.KindInUse, statistics.Reason, statistics.RowsBehind));
        await Items.AssertFindsAsync(items, [.. Items.Make(0, 300, number: 9)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SearchAsync_WantsTooMuchMemory_ThrowsThatAndKeepsTheIndex(bool isTwice)
    {
        Exception none = new InsufficientMemoryException();
        using LocalVectorStore store = Failing("Search", new AggregateException(isTwice ? new AggregateException(none) : none)).Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();

        Assert.Same(none, await Assert.ThrowsAsync<InsufficientMemoryException>(async () => await items.SearchAsync(new float[] { 0, 0, 0 }, 5).ToListAsync()));

        Assert.Equal(IndexKind.Hnsw, (await Items.MeasureAsync(store)).KindInUse);
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task Upkeep_AnIndexThatTakesNoRow_IsGivenUp()
    {
        CopyIndexes indexes = new() { Logger = _log, IsStuck = true };
        using LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);

        await items.WhenIndexedAsync();

        Assert.Equal("given up, since it failed: The index took no row behind the first 0.", (await Items.MeasureAsync(store)).Reason);
    }

    [Fact]
    public async Task SearchAsync_TheIndexFails_FindsAllWithoutIt()
    {
        CopyIndexes indexes = Failing("Search", new InvalidOperationException("Broken."));
        using LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();

        await Items.AssertFindsAsync(items, [.. Items.Make(0, 300, number: 9)]);

        await store.FindTable("docs")!.WhenIndexesAreIdleAsync();
        Assert.Equal("given up, since it failed: Broken.", (await Items.MeasureAsync(store)).Reason);
        Assert.Equal(IndexKind.Flat, (await Items.MeasureAsync(store)).KindInUse);
        Assert.Single(_log.Messages);
    }

    [Fact]
    public async Task SearchAsync_AFilterFails_ThrowsThatAndKeepsTheIndex()
    {
        CopyIndexes indexes = new() { Logger = _log };
        using LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);
        await items.UpsertAsync(new Item { Id = 1000, Vector = [0, 0, 0] });
        await items.WhenIndexedAsync();

        VectorSearchOptions<Item> options = new() { Filter = item => item.Text!.Length > 1 };
        await Assert.ThrowsAsync<NullReferenceException>(async () => await items.SearchAsync(new float[] { 0, 0, 0 }, 5, options).ToListAsync());
        indexes.Entered = (member, _) => indexes.Wraps = member == "Search";
        await Assert.ThrowsAsync<NullReferenceException>(async () => await items.SearchAsync(new float[] { 0, 0, 0 }, 5, options).ToListAsync());

        Assert.Equal(IndexKind.Hnsw, (await Items.MeasureAsync(store)).KindInUse);
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task SearchAsync_Cancelled_KeepsTheIndex()
    {
        CopyIndexes indexes = new() { Logger = _log };
        using LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();
        using CancellationTokenSource cancelling = new();
        indexes.Entered = (member, cancelled) =>
        {
            cancelling.Cancel();
            cancelled.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await items.SearchAsync(new float[] { 0, 0, 0 }, 5, cancellationToken: cancelling.Token).ToListAsync(CancellationToken.None));

        Assert.Equal(IndexKind.Hnsw, (await Items.MeasureAsync(store)).KindInUse);
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Repair")]
    public async Task Upkeep_TheLogFailsToo_LeavesNoIndexAndNobodyWaiting(string member)
    {
        CopyIndexes indexes = Failing(member, new InvalidOperationException("Broken."), new FailingLogger());
        LocalVectorStore store = indexes.Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();
        await store.FindTable("docs")!.WhenIndexesAreIdleAsync();

        VectorIndexStatistics statistics = await Items.MeasureAsync(store);
        Assert.Equal((IndexKind.Flat, "given up, since it failed: Broken.", 0), (statistics.KindInUse, statistics.Reason, statistics.Bytes));
        await Items.AssertFindsAsync(items, [.. Items.Make(0, 300, number: 9)]);
        store.Dispose();
    }

    [Fact]
    public async Task SearchAsync_TheIndexAndTheLogFail_FindsAll()
    {
        using LocalVectorStore store = Failing("Search", new InvalidOperationException("Broken."), new FailingLogger()).Store();
        var items = await WriteAsync(store);
        await items.WhenIndexedAsync();

        await Items.AssertFindsAsync(items, [.. Items.Make(0, 300, number: 9)]);
    }

    /// <summary>Writes so that each member is called: rows that are replaced, of which many are dropped, and of which a fifth is left.</summary>
    private static async Task<LocalVectorStoreCollection<int, Item>> WriteAsync(LocalVectorStore store)
    {
        var items = await Items.CollectionAsync(store);
        for (int number = 0; number < 10; number++)
        {
            await items.UpsertAsync(Items.Make(0, 300, number));
            await items.WhenIndexedAsync();
        }

        return items;
    }

    private CopyIndexes Failing(string wanted, Exception exception, ILogger? log = null) => new()
    {
        Logger = log ?? _log,
        Entered = (member, _) =>
        {
            if (member == wanted)
            {
                throw exception;
            }
        },
    };

    /// <summary>A log that is gone already.</summary>
    private sealed class FailingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new ObjectDisposedException(nameof(FailingLogger));
    }
}
