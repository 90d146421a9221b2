using LocalRetrieval.Encoders.Tests.Backends;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Encoders.Tests.Runtime;

public sealed class EncoderRuntimeTests
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Dispose_LastRunUnderWay_WaitsAndTheCallReturns()
    {
        HashBackend backend = Blocking();
        DenseHead head = TestHeads.Dense(backend);
        Task<GeneratedEmbeddings<Embedding<float>>> call = head.GenerateAsync(["the cat", "a dog"]);
        await _running.Task;

        Task disposal = DisposeUntilClosed(head);

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
        Task<GeneratedEmbeddings<Embedding<float>>> call = head.GenerateAsync(["the cat", "a dog"]);
        await _running.Task;

        Task disposal = DisposeUntilClosed(head);
        _release.SetResult();

        Assert.Equal(typeof(TestHeads).FullName, (await Assert.ThrowsAsync<ObjectDisposedException>(() => call)).ObjectName);
        await disposal;
    }

    [Fact]
    public async Task Dispose_RerankingWithRunsStillToCome_EndsTheCallByThePublicTypesName()
    {
        using HashBackend backend = new(OutputKind.Logits, 1) { OnRun = BlockAsync };
        CrossEncoderHead head = TestHeads.CrossEncoder(backend, new TestOptions.CrossEncoder { BatchTokenBudget = 1 });
        Task<RerankingResult> call = head.RerankAsync("the cat", ["a dog", "a cat"]);
        await _running.Task;

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

        Assert.Equal(typeof(TestHeads).FullName, Assert.Throws<ObjectDisposedException>(() => { _ = head.GenerateAsync(["a"]); }).ObjectName);
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
        List<int> runs = [];
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden)
        {
            OnRun = run =>
            {
                runs.Add(run);
                return cancellation.CancelAsync();
            },
        };
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { BatchTokenBudget = 1 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => head.GenerateAsync(["the cat", "a dog"], cancellationToken: cancellation.Token));

        Assert.Equal([1], runs);
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

    [Fact]
    public async Task GenerateAsync_TooMuchWaits_IsRefusedByFigures()
    {
        using HashBackend backend = Blocking();
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { MaxQueuedTexts = 3, Overload = OverloadBehavior.Throw });
        Task call = head.GenerateAsync(["the cat", "a dog"]);
        await _running.Task;

        EncoderOverloadedException exception = await Assert.ThrowsAsync<EncoderOverloadedException>(() => head.GenerateAsync(["a", "b"]));

        Assert.Equal(2, exception.QueuedTexts);
        Assert.Equal(2, head.GetRequiredService<EncoderInfo>().Execution!.QueuedTexts);
        Assert.Contains("MaxQueuedTexts", exception.Message, StringComparison.Ordinal);
        Task fits = head.GenerateAsync(["a"]);
        _release.SetResult();
        await Task.WhenAll(call, fits);
        Assert.Equal(0, head.GetRequiredService<EncoderInfo>().Execution!.QueuedTexts);
    }

    [Fact]
    public async Task GenerateAsync_BurstOfCalls_TakesNoMoreThanMayWait()
    {
        using HashBackend backend = Blocking();
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { MaxQueuedTexts = 3, Overload = OverloadBehavior.Throw });
        List<Task> taken = [];
        int refused = 0;
        for (int i = 0; i < 500; i++)
        {
            try
            {
                taken.Add(head.GenerateAsync(["a dog"]));
            }
            catch (EncoderOverloadedException)
            {
                refused++;
            }
        }

        _release.SetResult();
        await Task.WhenAll(taken);
        Assert.Equal((3, 497), (taken.Count, refused));
        Assert.Equal(0, head.GetRequiredService<EncoderInfo>().Execution!.QueuedTexts);
    }

    [Fact]
    public async Task GenerateAsync_EndsBeforeItsWorkBegins_GivesItsPlaceBack()
    {
        using HashBackend backend = TestHeads.HiddenStates();
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { MaxQueuedTexts = 3, Overload = OverloadBehavior.Throw });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => head.GenerateAsync(["a dog"], cancellationToken: new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => head.GenerateAsync(["a dog"], new EmbeddingGenerationOptions { Dimensions = 1_000_000 }));
        await head.GetRequiredService<EncoderInfo>().DrainAsync();
        Assert.Throws<ObjectDisposedException>(() => { _ = head.GenerateAsync(["late"]); });

        Assert.Equal(0, head.GetRequiredService<EncoderInfo>().Execution!.QueuedTexts);
    }

    [Fact]
    public async Task GenerateAsync_TooManyDocuments_AreRefusedAndQueriesTaken()
    {
        using HashBackend backend = Blocking();
        DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { MaxQueuedTexts = 10, Overload = OverloadBehavior.Throw });
        List<Task> taken = [.. Enumerable.Range(0, 4).Select(_ => head.GenerateAsync(["a dog", "the cat"]))];

        Exception? documents = Record.Exception(() => { taken.Add(head.GenerateAsync(["a dog", "the cat"])); });
        Exception? query = Record.Exception(() => { taken.Add(head.GenerateAsync(["a dog"])); });
        _release.SetResult();
        await Task.WhenAll(taken);
        head.Dispose();

        Assert.IsType<EncoderOverloadedException>(documents);
        Assert.Null(query);
    }

    [Fact]
    public async Task GenerateAsync_LargeCallWhereItsFirstPortionFits_IsTaken()
    {
        // A portion is the larger the more slots there are.
        int texts = 400 * Environment.ProcessorCount;
        using HashBackend backend = Blocking();
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { MaxQueuedTexts = 40 * Environment.ProcessorCount, BatchTokenBudget = 16, Overload = OverloadBehavior.Throw });
        Task call = head.GenerateAsync(["the cat"]);
        await _running.Task;

        Task<GeneratedEmbeddings<Embedding<float>>> large = head.GenerateAsync(Enumerable.Repeat("a dog walks", texts));
        _release.SetResult();

        await call;
        Assert.Equal(texts, (await large).Count);
    }

    [Fact]
    public async Task GenerateAsync_CancelledBetweenPortions_IsCancelledByTheCallersToken()
    {
        using CancellationTokenSource cancellation = new();
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden) { OnRun = _ => cancellation.CancelAsync() };
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { BatchTokenBudget = 1 });

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => head.GenerateAsync(Enumerable.Repeat("a dog walks", 50), cancellationToken: cancellation.Token));

        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task GenerateAsync_MoreThanMayWait_IsReadInPortionsOneAfterAnother()
    {
        using HashBackend backend = TestHeads.HiddenStates();
        using DenseHead bounded = TestHeads.Dense(backend, new TestOptions.Dense { Pooling = PoolingMode.Mean, MaxQueuedTexts = 1, BatchTokenBudget = 16 });
        using DenseHead free = TestHeads.Dense(TestHeads.HiddenStates());
        string[] texts = [.. Enumerable.Range(0, 100).Select(i => string.Join(' ', Enumerable.Repeat("the cat walks", 1 + (i * 7 % 10))))];

        GeneratedEmbeddings<Embedding<float>>[] results = await Task.WhenAll(bounded.GenerateAsync(texts), bounded.GenerateAsync(texts), free.GenerateAsync(texts));

        Assert.All(results[..2], result => Assert.Equal(results[2].Select(embedding => embedding.Vector.ToArray()), result.Select(embedding => embedding.Vector.ToArray())));
    }

    private HashBackend Blocking() => new(OutputKind.HiddenStates, TestHeads.Hidden) { OnRun = BlockAsync };

    private Task BlockAsync(int run)
    {
        _running.TrySetResult();
        return _release.Task;
    }

    // Disposal is under way once further calls are refused.
    private static Task DisposeUntilClosed(DenseHead head)
    {
        Task disposal = Task.Run(head.Dispose);
        UntilRefusedAsync(() => head.GenerateAsync([])).GetAwaiter().GetResult();
        return disposal;
    }

    private static async Task UntilRefusedAsync(Func<Task> call)
    {
        for (Exception? refusal = null; refusal is not ObjectDisposedException; refusal = await Record.ExceptionAsync(call))
        {
            await Task.Yield();
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
