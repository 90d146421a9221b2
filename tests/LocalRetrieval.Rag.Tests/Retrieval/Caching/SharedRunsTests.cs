namespace LocalRetrieval.Rag.Tests.Retrieval.Caching;

public sealed class SharedRunsTests
{
    private readonly SharedRuns<string, int> _runs = new();
    private readonly TaskCompletionSource<int> _work = new();
    private readonly List<CancellationToken> _started = [];

    [Fact]
    public async Task RunAsync_EqualKeys_RunOnce()
    {
        Task<int>[] callers = [Run("a"), Run("a"), Run("b")];

        _work.SetResult(7);

        Assert.All(await Task.WhenAll(callers), result => Assert.Equal(7, result));
        Assert.Equal(2, _started.Count);
        Assert.Equal(7, await Run("a"));
        Assert.Equal(3, _started.Count);
    }

    [Fact]
    public async Task RunAsync_StarterCancels_OthersGetTheResult()
    {
        using CancellationTokenSource cancellation = new();
        Task<int> starter = Run("a", cancellation.Token);
        Task<int> other = Run("a");

        await cancellation.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starter);
        _work.SetResult(7);

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal(7, await other);
        Assert.False(Assert.Single(_started).IsCancellationRequested);
    }

    [Fact]
    public async Task RunAsync_AllCancel_EndsTheRunAndTheNextStartsAnew()
    {
        using CancellationTokenSource first = new();
        using CancellationTokenSource second = new();
        Task<int>[] callers = [Run("a", first.Token), Run("a", second.Token)];

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => callers[0]);
        bool endedEarly = _started[0].IsCancellationRequested;
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => callers[1]);

        Assert.Equal((false, true), (endedEarly, _started[0].IsCancellationRequested));
        Task<int> next = Run("a");
        _work.SetResult(7);
        Assert.Equal(7, await next);
        Assert.False(_started[1].IsCancellationRequested);
    }

    [Fact]
    public async Task RunAsync_Failure_IsEveryCallersAndNotKept()
    {
        Task<int>[] callers = [Run("a"), Run("a")];

        _work.SetException(new IOException());

        await Assert.ThrowsAsync<IOException>(() => callers[0]);
        await Assert.ThrowsAsync<IOException>(() => callers[1]);
        Assert.Equal(1, await _runs.RunAsync("a", _ => Task.FromResult(1), CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_ThrowsAtOnce_IsAFailureToo() =>
        await Assert.ThrowsAsync<IOException>(() => _runs.RunAsync("a", _ => throw new IOException(), CancellationToken.None));

    [Fact]
    public async Task RunAsync_CancelledCaller_StartsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run("a", new CancellationToken(canceled: true)));

        Assert.Empty(_started);
    }

    private Task<int> Run(string key, CancellationToken cancellationToken = default) => _runs.RunAsync(
        key,
        token =>
        {
            _started.Add(token);
            return _work.Task;
        },
        cancellationToken);
}
