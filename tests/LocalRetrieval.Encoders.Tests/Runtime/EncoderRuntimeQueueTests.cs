using LocalRetrieval.Encoders.Tests.Backends;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders.Tests.Runtime;

public sealed class EncoderRuntimeQueueTests
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task GenerateAsync_TooMuchWaits_IsRefusedByFigures()
    {
        using HashBackend backend = Blocking();
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { MaxQueuedTexts = 3, Overload = OverloadBehavior.Throw });
        using ReleaseAtEnd release = new(_release);
        Task call = head.GenerateAsync(["the cat", "a dog"]);

        // Each text is a portion of its own: the first may be run before the second waits.
        await HangGuard.UntilAsync(() => head.GetRequiredService<EncoderInfo>().Execution!.QueuedTexts == 2);

        EncoderOverloadedException exception = await Assert.ThrowsAsync<EncoderOverloadedException>(() => head.GenerateAsync(["a", "b"]).OrHang());

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
        using ReleaseAtEnd release = new(_release);
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
        using ReleaseAtEnd release = new(_release);
        Task call = head.GenerateAsync(["the cat"]);
        await _running.Task.OrHang();

        Task<GeneratedEmbeddings<Embedding<float>>> large = head.GenerateAsync(Enumerable.Repeat("a dog walks", texts));
        _release.SetResult();

        await call;
        Assert.Equal(texts, (await large).Count);
    }

    [Fact]
    public async Task GenerateAsync_ReadsAllFirstAndMoreThanMayWait_TakesPortionsOfIt()
    {
        using HashBackend backend = Blocking();
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { Pooling = PoolingMode.Mean, Truncation = TruncationPolicy.Throw, MaxQueuedTexts = 40 });
        using ReleaseAtEnd release = new(_release);
        Task<GeneratedEmbeddings<Embedding<float>>> call = head.GenerateAsync(Enumerable.Range(0, 400).Select(i => $"a dog and {i}"));
        await _running.Task.OrHang();

        int queued = head.GetRequiredService<EncoderInfo>().Execution!.QueuedTexts;
        _release.SetResult();

        Assert.Equal(400, (await call).Count);
        Assert.InRange(queued, 10, 20);
    }

    [Fact]
    public async Task GenerateAsync_OneOfManyPortionsIsToBeRefused_NamesItsIndexAndRunsNothing()
    {
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden) { OnRun = _ => throw new InvalidOperationException("It ran.") };
        using DenseHead head = TestHeads.Dense(backend, new TestOptions.Dense { Pooling = PoolingMode.Mean, Truncation = TruncationPolicy.Throw, MaxTokens = 20, MaxQueuedTexts = 8 });
        string[] texts = [.. Enumerable.Repeat("cat", 30), string.Join(' ', Enumerable.Repeat("a dog", 20)), "cat"];

        Assert.Contains("index 30", (await Assert.ThrowsAsync<ArgumentException>(() => head.GenerateAsync(texts))).Message, StringComparison.Ordinal);
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
}
