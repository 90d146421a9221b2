using System.Diagnostics;
using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using LocalRetrieval.Static;
using LocalRetrieval.Tests.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Loading;

public sealed class LazyServiceTests
{
    public static TheoryData<Type> TypesThatNoModelHas =>
    [
        typeof(string), typeof(ActivitySource), typeof(IChatClient), typeof(ITextReranker), typeof(IPassageRetriever), typeof(OnnxTextReranker),
        typeof(IEmbeddingGenerator<string, Embedding<Half>>), typeof(IEmbeddingGenerator<string, SparseEmbedding>),
        typeof(CountingGenerator<Embedding<float>>), typeof(OnnxSparseEmbeddingGenerator), typeof(VectorStoreCollection<string, object>),
    ];

    [Theory]
    [MemberData(nameof(TypesThatNoModelHas))]
    public void GetService_WhatTheModelCannotHave_LoadsNothing(Type type)
    {
        using DamagedModel model = new("Models/bert-cls-prompt");
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.ModelPath = model.Path).BuildServiceProvider();

        Assert.Null(services.GetRequiredService<IEmbeddingGenerator>().GetService(type));
    }

    [Fact]
    public void GetService_OfTheModel_IsTheModelsOwn()
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.ModelPath = "Models/bert-cls-prompt").BuildServiceProvider();
        IEmbeddingGenerator generator = services.GetRequiredService<IEmbeddingGenerator>();

        OnnxEmbeddingGenerator model = Assert.IsType<OnnxEmbeddingGenerator>(generator.GetService(typeof(OnnxEmbeddingGenerator)));

        Assert.Same(model.GetRequiredService<EncoderInfo>(), generator.GetService(typeof(EncoderInfo)));
        Assert.Same(model.GetRequiredService<EmbeddingGeneratorMetadata>(), generator.GetService(typeof(EmbeddingGeneratorMetadata)));
        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)));
        Assert.Null(generator.GetService(typeof(StaticEmbeddingGenerator)));
        Assert.Null(generator.GetService(typeof(EncoderInfo), "key"));
    }

    [Fact]
    public async Task GetService_ServiceThatIsNewToIt_IsTheModelsOwn()
    {
        int loads = 0;
        using LazyTextReranker reranker = new(
            () =>
            {
                loads++;
                return new PartedReranker();
            },
            typeof(PartedReranker));

        Assert.Null(reranker.GetService(typeof(Uri)));
        Assert.Equal(0, loads);
        Assert.Same(PartedReranker.Part, reranker.GetService(typeof(EncoderFingerprint)));
        Assert.IsType<PartedReranker>(reranker.GetService(typeof(PartedReranker)));
        Assert.Null(reranker.GetService(typeof(EncoderInfo)));
        await reranker.RerankAsync("query", []);
        Assert.Equal(1, loads);
    }

    [Fact]
    public void CountTokens_ModelThatCountsNone_SaysSo()
    {
        using LazyTextReranker reranker = new(() => new PartedReranker(), typeof(PartedReranker));

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => reranker.GetRequiredService<ITokenCounter>().CountTokens("a"));

        Assert.Contains("PartedReranker", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_WhileTheModelIsLoaded_WaitsForTheLoadAndDisposesTheModel()
    {
        using ManualResetEventSlim started = new();
        using ManualResetEventSlim go = new();
        PartedReranker model = new();
        LazyTextReranker reranker = new(
            () =>
            {
                started.Set();
                go.Wait();
                return model;
            },
            typeof(PartedReranker));
        using CancellationTokenSource cancellation = new();
        Task<RerankingResult> abandoned = reranker.RerankAsync("query", [], cancellationToken: cancellation.Token);
        started.Wait();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);

        Task disposing = Task.Run(reranker.Dispose);
        await RefusedAsync(reranker);
        Assert.False(disposing.IsCompleted);
        go.Set();
        await disposing;

        Assert.True(model.IsDisposed);
    }

    [Fact]
    public async Task Dispose_ModelThatDidNotLoad_IsSilent()
    {
        LazyTextReranker reranker = new(() => throw new InvalidDataException("damaged"), typeof(PartedReranker));
        await Assert.ThrowsAsync<InvalidDataException>(() => reranker.RerankAsync("query", []));

        reranker.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reranker.RerankAsync("query", []));
    }

    [Fact]
    public async Task Failure_WhileTheLoadIsTriedAgain_IsTheLastOnes()
    {
        using SemaphoreSlim go = new(0);
        Queue<Func<ITextReranker>> loads = new([() => throw new InvalidDataException("damaged"), () => throw new IOException("not mounted"), () => new PartedReranker()]);
        using LazyTextReranker reranker = new(
            () =>
            {
                go.Wait();
                return loads.Dequeue()();
            },
            typeof(PartedReranker));
        List<string?> failures = [];

        for (int i = 0; i < 3; i++)
        {
            Task<RerankingResult> call = reranker.RerankAsync("query", []);
            failures.Add(reranker.Failure?.Message);
            go.Release();
            await Record.ExceptionAsync(() => call);
            failures.Add(reranker.Failure?.Message);
        }

        Assert.Equal([null, "damaged", "damaged", "not mounted", "not mounted", null], failures);
    }

    /// <summary>Waits until the reranker is closed.</summary>
    private static async Task RefusedAsync(LazyTextReranker reranker)
    {
        using CancellationTokenSource impatient = new();
        await impatient.CancelAsync();
        while (await Record.ExceptionAsync(() => reranker.RerankAsync("query", [], cancellationToken: impatient.Token)) is not ObjectDisposedException)
        {
            await Task.Yield();
        }
    }

    /// <summary>A model with a part that no other has.</summary>
    private sealed class PartedReranker : ITextReranker
    {
        public static EncoderFingerprint Part { get; } = new([FingerprintComponent.Of(FingerprintComponents.Model, "content")]);

        public Task<RerankingResult> RerankAsync(string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new RerankingResult([]));

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EncoderFingerprint) ? Part : serviceType.IsInstanceOfType(this) ? this : null;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
