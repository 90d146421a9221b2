using LocalRetrieval.Encoders.Tests.Backends;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Encoders.Tests.Runtime;

public sealed class EncoderRuntimeTests : IDisposable
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Dispose_LastRunUnderWay_WaitsAndTheCallReturns()
    {
        HashBackend backend = Blocking();
        DenseHead head = TestHeads.Dense(backend);
        Task<GeneratedEmbeddings<Embedding<float>>> call = head.GenerateAsync(["the cat", "a dog"]);
        await _running.Task.OrHang();

        Task disposal = Task.Run(head.Dispose);
        await UntilRefusedAsync(() => head.GenerateAsync([]));

        Assert.False(disposal.IsCompleted);
        Assert.False(backend.IsDisposed);
        _release.SetResult();
        Assert.Equal(2, (await call).Count);
        await disposal;
        Assert.True(backend.IsDisposed);
    }

    [Fact]
    public async Task Dispose_RunsStillToCome_EndsTheCallByThePublicTypesName()
    {
        using HashBackend backend = Blocking();
        DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { BatchTokenBudget = 1 });
        Task<GeneratedEmbeddings<Embedding<float>>> call = head.GenerateAsync(Enumerable.Repeat("a dog", 100));
        await _running.Task.OrHang();

        Task disposal = Task.Run(head.Dispose);
        await UntilRefusedAsync(() => head.GenerateAsync([]));
        _release.SetResult();

        Assert.Equal(typeof(TestHeads).FullName, (await Assert.ThrowsAsync<ObjectDisposedException>(() => call)).ObjectName);
        await disposal;
    }

    [Fact]
    public async Task Dispose_RerankingWithRunsStillToCome_EndsTheCallByThePublicTypesName()
    {
        using HashBackend backend = new(OutputKind.Logits, 1) { OnRun = BlockAsync };
        CrossEncoderHead head = TestHeads.CrossEncoder(backend, new TestOptions.CrossEncoder { BatchTokenBudget = 1 });
        Task<RerankingResult> call = head.RerankAsync("the cat", [.. Enumerable.Repeat("a dog", 100)]);
        await _running.Task.OrHang();

        Task disposal = Task.Run(head.Dispose);
        await UntilRefusedAsync(() => head.RerankAsync("a", []));
        _release.SetResult();

        Assert.Equal(typeof(TestHeads).FullName, (await Assert.ThrowsAsync<ObjectDisposedException>(() => call)).ObjectName);
        await disposal;
    }

    [Fact]
    public async Task GenerateAsync_Disposed_NamesThePublicTypeAtOnce()
    {
        DenseHead head = TestHeads.Dense(TestHeads.HiddenStates());
        head.Dispose();
        head.Dispose();

        ObjectDisposedException late = Assert.Throws<ObjectDisposedException>(() => { _ = head.GenerateAsync(["a"]); });
        Assert.Equal(typeof(TestHeads).FullName, late.ObjectName);
        Assert.Contains("'bert-cls-prompt' was disposed of", late.Message, StringComparison.Ordinal);
        Assert.Equal(typeof(TestHeads).FullName, (await Assert.ThrowsAsync<ObjectDisposedException>(async () => await head.GetRequiredService<EncoderInfo>().MeasureBatchIndependenceAsync())).ObjectName);
    }

    [Fact]
    public async Task MeasureBatchIndependenceAsync_MemoryBudget_IsKept()
    {
        EncoderRunMemory memory = new() { FeedForwardBytes = 100, AttentionBytes = 0, AttentionPairBytes = 10 };
        List<long> taken = [];
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden)
        {
            Info = new BackendInfo("hash", "a hash", OutputKind.HiddenStates, TestHeads.Hidden) { RunMemory = memory },
            OnBatch = (batch, _) => taken.Add(memory.Predict(batch.Rows.Length, batch.Tokens)),
        };
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { Pooling = PoolingMode.Mean, MaxRunBytes = 4_000 });

        BatchIndependence measured = await head.GetRequiredService<EncoderInfo>().MeasureBatchIndependenceAsync();

        Assert.InRange(measured.Texts, 2, taken.Count);
        Assert.All(taken, bytes => Assert.InRange(bytes, 1, 4_000));
    }

    [Fact]
    public void CreateOn_LoggerFactoryThatIsDisposed_DisposesTheBackend()
    {
        HashBackend backend = TestHeads.HiddenStates();
        TestOptions.Dense options = new() { Pooling = PoolingMode.Mean };

        Assert.Throws<ObjectDisposedException>(() => DenseHead.Read(ModelFolder.Open(TestModels.Tiny("bert-cls-prompt")), options).CreateOn(backend, options, typeof(TestHeads), new ClosedLoggerFactory()));

        Assert.True(backend.IsDisposed);
    }

    [Fact]
    public async Task GenerateAsync_CancelledBetweenRuns_RunsNoMore()
    {
        using CancellationTokenSource cancellation = new();
        int runs = 0;

        // Registered first, so called last: when all others have been told.
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration last = cancellation.Token.Register(cancelled.SetResult);
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden)
        {
            OnRun = run =>
            {
                Interlocked.Increment(ref runs);
                _ = cancellation.CancelAsync();
                return cancelled.Task;
            },
        };
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { BatchTokenBudget = 1 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => head.GenerateAsync(Enumerable.Repeat("a dog", 100), cancellationToken: cancellation.Token));

        // One more may be under way beside the first.
        Assert.InRange(runs, 1, 2);
    }

    [Fact]
    public async Task GenerateAsync_TextToBeRefused_RunsNothing()
    {
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden)
        {
            Info = new BackendInfo("hash", "a hash", OutputKind.HiddenStates, TestHeads.Hidden) { IsScheduled = false },
            OnRun = _ => throw new InvalidOperationException("It ran."),
        };
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { Pooling = PoolingMode.Mean, Truncation = TruncationPolicy.Throw, MaxTokens = 20 });

        Assert.Contains("index 1", (await Assert.ThrowsAsync<ArgumentException>(() => head.GenerateAsync(["cat", string.Join(' ', Enumerable.Repeat("a dog", 20))]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Tokenize_TextThatIsRefused_ThrowsTheRefusalItself(int count)
    {
        using EncoderRuntime runtime = new(TestHeads.HiddenStates(), new TestOptions.Encoder(), "m", typeof(TestHeads), loggerFactory: null);

        ArgumentException exception = Assert.Throws<ArgumentException>(() => runtime.Tokenize<int>([.. Enumerable.Repeat("a", count)], _ => throw new ArgumentException("refused"), CancellationToken.None));

        Assert.Equal("refused", exception.Message);
    }

    [Fact]
    public async Task RunAsync_BackendThatGivesTooLittle_IsRefused()
    {
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden) { Info = new BackendInfo("hash", "a hash", OutputKind.HiddenStates, TestHeads.Hidden + 1) };
        using EncoderRuntime runtime = new(backend, new TestOptions.Encoder(), "m", typeof(TestHeads), loggerFactory: null);

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() =>
            runtime.RunAsync([new TokenizedText([1, 2], [0, 0], 0)], new RunRequest(), 0, (_, _, _) => { }, CancellationToken.None));

        Assert.Contains("gave 64 values for 1 rows of 2 tokens, expected 66", exception.Message, StringComparison.Ordinal);
    }

    // A failed assertion leaves no run in a slot that others need.
    public void Dispose() => _release.TrySetResult();

    private HashBackend Blocking() => new(OutputKind.HiddenStates, TestHeads.Hidden) { OnRun = BlockAsync };

    private Task BlockAsync(int run)
    {
        _running.TrySetResult();
        return _release.Task;
    }

    // Disposal is under way once further calls are refused.
    private static async Task UntilRefusedAsync(Func<Task> call)
    {
        for (int i = 0; await Record.ExceptionAsync(call) is not ObjectDisposedException; i++)
        {
            Assert.True(i < 30_000, "No call was refused.");
            await Task.Delay(10);
        }
    }

    /// <summary>A factory of a container that was disposed of.</summary>
    private sealed class ClosedLoggerFactory : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => throw new ObjectDisposedException(nameof(ILoggerFactory));

        public void Dispose()
        {
        }
    }
}
