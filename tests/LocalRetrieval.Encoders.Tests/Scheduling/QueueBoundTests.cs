namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class QueueBoundTests
{
    private const RunPriority Query = RunPriority.Query;
    private const RunPriority Document = RunPriority.Document;

    private readonly QueueBound _bound = new(maxTexts: 10, maxBytes: 100, refuses: false, new ManualTime());

    [Theory]
    [InlineData(Query)]
    [InlineData(Document)]
    internal async Task EnterAsync_Full_WaitsInTheOrderOfTheCalls(RunPriority priority)
    {
        await _bound.EnterAsync(priority, 8, 10, default);

        Task large = EnterAsync(priority, 5);
        Task small = EnterAsync(priority, 1);

        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        _bound.Exit(priority, 8, 10);
        await large;
        await small;
        Assert.Equal(6, _bound.Texts);
    }

    [Fact]
    public async Task EnterAsync_LargerThanTheBound_IsLetInAlone()
    {
        await _bound.EnterAsync(Query, 3, 1000, default);
        Task second = EnterAsync(Query, 1);

        Assert.False(second.IsCompleted);
        _bound.Exit(Query, 3, 1000);
        await second;
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileItWaits_LetsTheNextIn()
    {
        using CancellationTokenSource cancellation = new();
        await _bound.EnterAsync(Query, 8, 10, default);
        Task large = _bound.EnterAsync(Query, 5, 1, cancellation.Token).AsTask();
        Task small = EnterAsync(Query, 1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.Equal(9, _bound.Texts);
        Assert.False(_bound.TryEnter(Query, 2, 1, isWhole: true));
        Assert.True(_bound.TryEnter(Query, 1, 1, isWhole: true));
    }

    [Theory]
    [InlineData(Query, 8)]
    [InlineData(Document, 6)]
    internal void TryEnter_CallsUnderWayGoOn_SmallOnesFindRoomAndLargeOnesDoNotBegin(RunPriority priority, int goOn)
    {
        QueueBound bound = new(maxTexts: 10, maxBytes: 100, refuses: true, new ManualTime());
        Task[] portions = [.. Enumerable.Range(0, 10).Select(_ => bound.EnterAsync(priority, 1, 1, default).AsTask())];

        Assert.Equal(goOn, portions.Count(portion => portion.IsCompleted));
        Assert.False(bound.TryEnter(priority, 1, 1, isWhole: false));
        Assert.True(bound.TryEnter(priority, 2, 1, isWhole: true));
        Assert.False(bound.TryEnter(priority, 1, 1, isWhole: true));

        // Neither takes what is the other's.
        bound.Exit(priority, 1, 1);
        Assert.Equal(goOn + 2, bound.Texts);
        bound.Exit(priority, 2, 1, isWhole: true);
        Assert.Equal(goOn, bound.Texts);
        Assert.True(bound.TryEnter(priority, 2, 1, isWhole: true));
    }

    [Fact]
    public async Task TryEnter_DocumentsWaitOutside_QueriesDoNotStandBehindThem()
    {
        await _bound.EnterAsync(Document, 6, 10, default);
        Task further = EnterAsync(Document, 6);

        Assert.True(_bound.TryEnter(Query, 1, 1, isWhole: true));
        Assert.True(_bound.TryEnter(Query, 3, 1, isWhole: true));
        Assert.False(further.IsCompleted);
        Assert.Equal(10, _bound.Texts);
    }

    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(2, 2, 4)]
    [InlineData(1, 40, 2)]
    public void TryEnter_Documents_TakeFourFifthsAtTheMost(int texts, long bytes, int expected)
    {
        int entered = 0;
        while (_bound.TryEnter(Document, texts, bytes, isWhole: true))
        {
            entered++;
        }

        Assert.Equal(expected, entered);
    }

    [Fact]
    public async Task Exit_BothWaitOutside_QueriesAreLetInFirst()
    {
        await _bound.EnterAsync(Document, 5, 10, default);
        await _bound.EnterAsync(Query, 5, 10, default);
        Task documents = EnterAsync(Document, 1);
        Task queries = EnterAsync(Query, 4);

        _bound.Exit(Query, 3, 6);

        // Three places are free, and the query needs four.
        Assert.Equal((false, false), (documents.IsCompleted, queries.IsCompleted));
        _bound.Exit(Query, 1, 2);
        await queries;
        Assert.False(documents.IsCompleted);
        _bound.Exit(Query, 1, 2);
        await documents;
    }

    [Fact]
    public async Task EnterAsync_QueriesWithoutEnd_LeaveDocumentsAPlace()
    {
        await _bound.EnterAsync(Query, 10, 10, default);
        Task query = EnterAsync(Query, 1);

        Assert.True(_bound.TryEnter(Document, 5, 5, isWhole: true));
        Assert.False(_bound.TryEnter(Document, 1, 1, isWhole: true));
        Assert.False(query.IsCompleted);
        _bound.Exit(Query, 6, 6);
        await query;
    }

    [Fact]
    public async Task Fill_QueryFindsNoRoom_IsOneUntilSomethingLeaves()
    {
        await _bound.EnterAsync(Query, 8, 10, default);
        Assert.Equal(.8, _bound.Fill);

        Assert.False(_bound.TryEnter(Query, 3, 1, isWhole: true));
        Assert.Equal(1, _bound.Fill);
        _bound.Exit(Query, 1, 1);
        Assert.Equal(.7, _bound.Fill);

        Task waiting = EnterAsync(Query, 4);
        Assert.Equal(1, _bound.Fill);
        _bound.Exit(Query, 3, 1);
        await waiting;
        Assert.Equal(.8, _bound.Fill);
    }

    [Fact]
    public async Task Fill_DocumentsWaitOutside_IsNotFull()
    {
        await _bound.EnterAsync(Document, 8, 10, default);
        Task waiting = EnterAsync(Document, 1);

        Assert.Equal(.8, _bound.Fill);
        Assert.False(waiting.IsCompleted);
    }

    private Task EnterAsync(RunPriority priority, int texts) => _bound.EnterAsync(priority, texts, texts, default).AsTask();
}
