using System.Diagnostics;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Tests.Embeddings;

/// <summary>Microsoft.Extensions.AI's own middleware around a registered generator.</summary>
public sealed class EmbeddingPipelineTests
{
    private const string Tiny = "Models/bert-cls-prompt";

    [Fact]
    public async Task UseDistributedCache_SameTextTwice_IsEmbeddedOnce()
    {
        CountingGenerator<Embedding<float>>? counting = null;
        await using ServiceProvider services = new ServiceCollection()
            .AddDistributedMemoryCache()
            .AddLocalEmbeddings(options =>
            {
                options.ModelPath = Tiny;
                options.Pipeline = builder => builder.UseDistributedCache().Use(inner => counting = new CountingGenerator<Embedding<float>>(inner));
            })
            .BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        ReadOnlyMemory<float> first = await generator.GenerateVectorAsync("a text");
        ReadOnlyMemory<float> second = await generator.GenerateVectorAsync("a text");
        Embedding<Half> half = await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<Half>>>().GenerateAsync("a text");

        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Equal(first.ToArray().Select(value => (Half)value), half.Vector.ToArray());
        Assert.Equal(1, counting!.Calls);
    }

    [Fact]
    public async Task UseDistributedCache_TextThatIsKnown_LoadsNoModel()
    {
        await using ServiceProvider cache = new ServiceCollection().AddDistributedMemoryCache().BuildServiceProvider();
        using DamagedModel damaged = new(Tiny);
        await using ServiceProvider whole = Build(Tiny);
        await using ServiceProvider broken = Build(damaged.Path);

        ReadOnlyMemory<float> known = await whole.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateVectorAsync("a text");

        Assert.Equal(known.ToArray(), (await broken.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateVectorAsync("a text")).ToArray());

        ServiceProvider Build(string path) => new ServiceCollection()
            .AddSingleton(cache.GetRequiredService<IDistributedCache>())
            .AddLocalEmbeddings(options => (options.ModelPath, options.Pipeline) = (path, builder => builder.UseDistributedCache()))
            .BuildServiceProvider();
    }

    [Fact]
    public async Task UseDistributedCache_FingerprintInTheKey_KeepsModelsAndLimitsApart()
    {
        Action<LocalEmbeddingOptions>[] models =
        [
            options => options.ModelPath = Tiny,
            options => options.ModelPath = "Models/static-model2vec",
            options => (options.ModelPath, options.MaxTokens) = ("Models/static-model2vec", 2),
        ];
        await using ServiceProvider cache = new ServiceCollection().AddDistributedMemoryCache().BuildServiceProvider();
        List<float[]> vectors = [];

        foreach (Action<LocalEmbeddingOptions> model in models)
        {
            float[] expected = await EmbedAsync(model);
            float[] fresh = await EmbedAsync(model + UseCache);
            float[] known = await EmbedAsync(model + UseCache);

            Assert.Equal(expected, fresh);
            Assert.Equal(expected, known);
            Assert.DoesNotContain(expected, vectors);
            vectors.Add(expected);
        }

        static void UseCache(LocalEmbeddingOptions options) => options.Pipeline = pipeline => pipeline.UseDistributedCache(configure: stage =>
        {
            EncoderInfo encoder = stage.GetRequiredService<EncoderInfo>();
            stage.CacheKeyAdditionalValues = [$"{encoder.Fingerprint} {encoder.MaxTokens} {options.Truncation} {options.ChunkOverlap}"];
        });

        async Task<float[]> EmbedAsync(Action<LocalEmbeddingOptions> configure)
        {
            await using ServiceProvider services = new ServiceCollection().AddSingleton(cache.GetRequiredService<IDistributedCache>()).AddLocalEmbeddings(configure).BuildServiceProvider();
            return (await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateVectorAsync("a text of several words")).ToArray();
        }
    }

    [Fact]
    public async Task UseOpenTelemetry_EmbeddedModel_IsTraced()
    {
        Activity activity = await TraceAsync(_ => { });

        Assert.Equal("embeddings LocalRetrieval/bi-encoder", activity.DisplayName);
        Assert.Equal("onnxruntime", activity.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(384, activity.GetTagItem("gen_ai.embeddings.dimension.count"));
    }

    [Fact]
    public async Task UseOpenTelemetry_StaticModelOfAFolder_IsTracedByKindAndName()
    {
        Activity activity = await TraceAsync(options => options.ModelPath = "Models/static-model2vec");

        Assert.Equal("embeddings static-model2vec", activity.DisplayName);
        Assert.Equal("localretrieval.static", activity.GetTagItem("gen_ai.provider.name"));
    }

    [Fact]
    public void UseOpenTelemetry_ServiceThatIsResolved_LoadsNoModel()
    {
        using DamagedModel damaged = new(Tiny);
        using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(options => (options.ModelPath, options.Pipeline) = (damaged.Path, builder => builder.UseOpenTelemetry()))
            .BuildServiceProvider();

        IEmbeddingGenerator generator = services.GetRequiredService<IEmbeddingGenerator>();

        Assert.NotNull(generator.GetService(typeof(ActivitySource)));
        Assert.Throws<FileNotFoundException>(() => generator.GetService(typeof(EmbeddingGeneratorMetadata)));
    }

    [Theory]
    [InlineData(null, "Models/static-sentence-transformers")]
    [InlineData(null, Tiny)]
    [InlineData("BiEncoder", null)]
    [InlineData("Static", null)]
    public void Pipeline_MetadataWhileItIsBuilt_IsTheModelsAsFarAsItIsKnown(string? model, string? path)
    {
        EmbeddingGeneratorMetadata? early = null;
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options =>
        {
            options.Model = model is null ? null : (LocalModel)typeof(LocalModels).GetProperty(model)!.GetValue(null)!;
            options.ModelPath = path;
            options.Pipeline = builder => builder.Use(inner =>
            {
                early = inner.GetRequiredService<EmbeddingGeneratorMetadata>();
                return inner;
            });
        }).BuildServiceProvider();

        EmbeddingGeneratorMetadata late = services.GetRequiredService<IEmbeddingGenerator>().GetRequiredService<EmbeddingGeneratorMetadata>();

        Assert.Equal((late.ProviderName, late.ProviderUri, late.DefaultModelId), (early!.ProviderName, early.ProviderUri, early.DefaultModelId));
        Assert.Equal(path is null ? late.DefaultModelDimensions : null, early.DefaultModelDimensions);
        Assert.NotNull(late.DefaultModelDimensions);
    }

    [Fact]
    public async Task UseLogging_Call_IsLogged()
    {
        using RecordingLoggerFactory logs = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(logs)
            .AddKeyedLocalEmbeddings("key", options => (options.ModelPath, options.Pipeline) = (Tiny, builder => builder.UseLogging()))
            .BuildServiceProvider();

        await services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("key").GenerateAsync(["a text"]);

        Assert.Contains(logs.Messages, message => message.Contains("generated 1 embedding", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pipeline_ContainerThatIsDisposed_DisposesItsStages()
    {
        CountingGenerator<Embedding<float>>? counting = null;
        ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(options => (options.ModelPath, options.Pipeline) = (Tiny, builder => builder.Use(inner => counting = new CountingGenerator<Embedding<float>>(inner))))
            .BuildServiceProvider();
        services.GetRequiredService<IEmbeddingGenerator>();

        await services.DisposeAsync();

        Assert.True(counting!.IsDisposed);
    }

    private static async Task<Activity> TraceAsync(Action<LocalEmbeddingOptions> configure)
    {
        string source = Guid.NewGuid().ToString("N");
        List<Activity> activities = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = other => other.Name == source,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options =>
        {
            configure(options);
            options.Pipeline = builder => builder.UseOpenTelemetry(sourceName: source);
        }).BuildServiceProvider();

        await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["a text"]);

        return Assert.Single(activities);
    }
}
