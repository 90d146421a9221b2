using LocalRetrieval.Encoders.Tests.Backends;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders.Tests.Runtime;

public sealed class EncoderRuntimeDrainTests : IDisposable
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task DrainAsync_CallsUnderWay_AreAnsweredAndNoMoreAreTaken()
    {
        DenseHead head = TestHeads.Dense(Blocking(), new TestOptions.Dense { Pooling = PoolingMode.Mean, MaxQueuedTexts = 1, BatchTokenBudget = 1 });
        Task<GeneratedEmbeddings<Embedding<float>>>[] calls = [.. Enumerable.Range(1, 5).Select(count => head.GenerateAsync(Enumerable.Repeat("a dog", count)))];
        await _running.Task.OrHang();

        Task<int> drain = head.GetRequiredService<EncoderInfo>().DrainAsync();

        ObjectDisposedException refusal = Assert.Throws<ObjectDisposedException>(() => { _ = head.GenerateAsync(["late"]); });
        Assert.Contains("'bert-cls-prompt' takes no more calls", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(typeof(TestHeads).FullName, refusal.ObjectName);
        Assert.False(drain.IsCompleted);
        _release.SetResult();
        Assert.Equal(0, await drain);
        Assert.Equal([1, 2, 3, 4, 5], (await Task.WhenAll(calls)).Select(result => result.Count));
    }

    [Fact]
    public async Task DrainAsync_TimeIsOver_RefusesEachCallByNameAndWaitsForNone()
    {
        using CancellationTokenSource time = new();
        HashBackend backend = Blocking();
        DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { Pooling = PoolingMode.Mean, MaxQueuedTexts = 3, BatchTokenBudget = 1 });
        Task[] calls = [.. Enumerable.Range(1, 5).Select(count => head.GenerateAsync(Enumerable.Repeat("a dog", count)))];
        await _running.Task.OrHang();
        Task<int> drain = head.GetRequiredService<EncoderInfo>().DrainAsync(time.Token);

        await time.CancelAsync();

        // The run is held, and does not look at its token.
        Assert.Equal(5, await drain);
        _release.SetResult();
        foreach (Task call in calls)
        {
            ObjectDisposedException refusal = await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
            Assert.Contains("'bert-cls-prompt' was stopped, and this call has no answer", refusal.Message, StringComparison.Ordinal);
        }

        head.Dispose();
        Assert.True(backend.IsDisposed);
    }

    [Fact]
    public async Task DrainAsync_TimeIsOver_EndsTheRunUnderWay()
    {
        using CancellationTokenSource time = new();
        CrossEncoderHead head = TestHeads.CrossEncoder(new EndlessBackend(_running));
        Task call = head.RerankAsync("the cat", ["a dog"]);
        await _running.Task.OrHang();

        await time.CancelAsync();

        Assert.Equal(1, await head.GetRequiredService<EncoderInfo>().DrainAsync(time.Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        head.Dispose();
    }

    [Fact]
    public async Task DrainAsync_SeveralWhoseTimeIsOver_CountEachCallOnce()
    {
        using CancellationTokenSource time = new();
        DenseHead head = TestHeads.Dense(Blocking(), new TestOptions.Dense { Pooling = PoolingMode.Mean, BatchTokenBudget = 1 });
        Task[] calls = [.. Enumerable.Range(1, 50).Select(count => head.GenerateAsync(Enumerable.Repeat("a dog", count)))];
        await _running.Task.OrHang();
        EncoderInfo info = head.GetRequiredService<EncoderInfo>();
        await time.CancelAsync();

        int[] refused = await Task.WhenAll(info.DrainAsync(time.Token), info.DrainAsync(time.Token));
        _release.SetResult();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal([50, 0], refused);
        head.Dispose();
    }

    [Fact]
    public async Task DrainAsync_MeasurementUnderWay_IsWaitedFor()
    {
        DenseHead head = TestHeads.Dense(Blocking());
        EncoderInfo info = head.GetRequiredService<EncoderInfo>();
        Task<BatchIndependence> measurement = info.MeasureBatchIndependenceAsync().AsTask();
        await _running.Task.OrHang();

        Task<int> drain = info.DrainAsync();

        Assert.False(drain.IsCompleted);
        _release.SetResult();
        Assert.True((await measurement).IsBitForBit);
        Assert.Equal(0, await drain);
        head.Dispose();
    }

    [Fact]
    public async Task DrainAsync_NothingUnderWay_EndsAtOnceAndAgain()
    {
        using CancellationTokenSource time = new();
        await time.CancelAsync();
        using DenseHead head = TestHeads.Dense(TestHeads.HiddenStates());
        await head.GenerateAsync(["the cat"]);

        Assert.Equal(0, await head.GetRequiredService<EncoderInfo>().DrainAsync(time.Token));
        Assert.Equal(0, await head.GetRequiredService<EncoderInfo>().DrainAsync());
        Assert.Throws<ObjectDisposedException>(() => { _ = head.GenerateAsync(["late"]); });
    }

    [Fact]
    public async Task GenerateAsync_CancelledBefore_IsNotCountedAsUnderWay()
    {
        using DenseHead head = TestHeads.Dense(TestHeads.HiddenStates());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => head.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, await head.GetRequiredService<EncoderInfo>().DrainAsync());
    }

    // A failed assertion leaves no encoder waiting for its run.
    public void Dispose() => _release.TrySetResult();

    private HashBackend Blocking() => new(OutputKind.HiddenStates, TestHeads.Hidden)
    {
        OnRun = _ =>
        {
            _running.TrySetResult();
            return _release.Task;
        },
    };

    /// <summary>A backend whose runs end by their token alone.</summary>
    private sealed class EndlessBackend(TaskCompletionSource running) : IEncoderBackend
    {
        public BackendInfo Info { get; } = new("endless", "an endless run", OutputKind.Logits, 1);

        public bool IsFasterAlone => false;

        public async ValueTask<BatchOutput> RunAsync(TokenBatch batch, bool isAlone, CancellationToken cancellationToken)
        {
            running.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new PooledOutput(batch.Rows.Length);
        }

        public void Dispose()
        {
        }
    }
}
