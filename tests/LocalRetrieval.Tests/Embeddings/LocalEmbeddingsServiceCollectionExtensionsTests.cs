using LocalRetrieval.Onnx;
using LocalRetrieval.Static;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Tests.Embeddings;

public sealed class LocalEmbeddingsServiceCollectionExtensionsTests
{
    private const string Tiny = "Models/bert-cls-prompt";

    [Fact]
    public async Task AddLocalEmbeddings_NoArguments_EmbedsWithTheEmbeddedModel()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync(["a text"]);

        Assert.Equal(384, result[0].Dimensions);
        Assert.Equal("LocalRetrieval/bi-encoder", generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
        Assert.Equal("LocalRetrieval/bi-encoder", generator.GetRequiredService<EncoderInfo>().ModelId);
        Assert.Equal(512 - 2 - 8, generator.GetRequiredService<ITokenCounter>().MaxTokens);
    }

    [Fact]
    public async Task AddLocalEmbeddings_EmbeddedStaticModel_EmbedsWithoutOnnxRuntime()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.Model = LocalModels.Static)
            .AddKeyedLocalEmbeddings("long", options => (options.Model, options.MaxTokens) = (LocalModels.Static, 9)).BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Equal(256, (await generator.GenerateAsync(["a text"]))[0].Dimensions);
        Assert.Equal("LocalRetrieval/static", generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
        Assert.Equal(512, generator.GetRequiredService<ITokenCounter>().MaxTokens);
        Assert.NotNull(generator.GetService(typeof(StaticEmbeddingGenerator)));
        Assert.Null(generator.GetService(typeof(OnnxEmbeddingGenerator)));
        Assert.Equal(9, services.GetRequiredKeyedService<IEmbeddingGenerator>("long").GetRequiredService<ITokenCounter>().MaxTokens);
    }

    [Fact]
    public async Task AddLocalEmbeddings_SmallerVectors_AreMadeOfTheSameModel()
    {
        SByteCalibration calibration = new(Enumerable.Repeat(-1f, 32).ToArray(), Enumerable.Repeat(1f, 32).ToArray());
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(options => options.ModelPath = "Models/static-model2vec")
            .AddKeyedLocalEmbeddings("key", options => (options.ModelPath, options.SByteCalibration) = (Tiny, calibration))
            .BuildServiceProvider();
        ReadOnlyMemory<float> unkeyed = await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateVectorAsync("a text");
        ReadOnlyMemory<float> keyed = await services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("key").GenerateVectorAsync("a text");

        Embedding<Half> half = await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<Half>>>().GenerateAsync("a text");
        BinaryEmbedding binary = await services.GetRequiredService<IEmbeddingGenerator<string, BinaryEmbedding>>().GenerateAsync("a text");
        Embedding<sbyte> levels = await services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<sbyte>>>("key").GenerateAsync("a text");

        Assert.Equal(unkeyed.ToArray().Select(value => (Half)value), half.Vector.ToArray());
        Assert.Equal(unkeyed.ToArray().Select(value => value > 0), binary.Vector.Cast<bool>());
        Assert.Equal(calibration.Quantize(keyed.Span), levels.Vector.ToArray());
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<sbyte>>>);
        Assert.Contains("LocalEmbeddingOptions.SByteCalibration", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLocalEmbeddings_PolicyAndSizesOfConfiguration_AreUsed()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(Configuration(("Embeddings:ModelPath", Tiny), ("Embeddings:Truncation", "ChunkAndPool"), ("Embeddings:ChunkOverlap", "9"), ("Embeddings:MatryoshkaDimensions:0", "16")).GetSection("Embeddings"))
            .AddKeyedLocalEmbeddings("static", Configuration(("Embeddings:ModelPath", "Models/static-model2vec"), ("Embeddings:Truncation", "Throw"), ("Embeddings:MaxTokens", "3")).GetSection("Embeddings"))
            .BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Embedding<float> embedding = await generator.GenerateAsync(string.Join(' ', Enumerable.Repeat("a", 200)), new() { Dimensions = 16 });

        Assert.Equal(2L, embedding.AdditionalProperties![EmbeddingPropertyNames.Windows]);
        await Assert.ThrowsAsync<ArgumentException>(
            () => services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("static").GenerateAsync(["the the the the"]));
    }

    [Theory]
    [InlineData("Models/static-model2vec", "localretrieval.static")]
    [InlineData("Models/static-sentence-transformers", "localretrieval.static")]
    [InlineData(Tiny, "onnxruntime")]
    public async Task AddLocalEmbeddings_ModelPath_IsLoadedByTheGeneratorOfItsKind(string path, string provider)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.ModelPath = path).BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Equal(32, (await generator.GenerateAsync(["a text"]))[0].Dimensions);
        Assert.Equal(provider, generator.GetRequiredService<EmbeddingGeneratorMetadata>().ProviderName);
    }

    [Fact]
    public async Task AddLocalEmbeddings_OptionsOfAStaticModel_AreUsed()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(Configuration(
            ("Embeddings:ModelPath", "Models/static-model2vec"), ("Embeddings:MaxTokens", "7"), ("Embeddings:Normalize", "false"), ("Embeddings:Threads", "1"),
            ("Embeddings:LoneSurrogates", "Replace"), ("Embeddings:Pooling", "Mean"), ("Embeddings:ModelId", "mine")).GetSection("Embeddings")).BuildServiceProvider();

        GeneratedEmbeddings<Embedding<float>> result = await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["the the the the the the the the \ud83d"]);

        Assert.Equal(7, result.Usage!.InputTokenCount);
        Assert.Equal("mine", result[0].ModelId);
        Assert.NotEqual(1, Math.Sqrt(result[0].Vector.ToArray().Sum(value => value * value)), 1e-3);
    }

    [Theory]
    [InlineData("Pooling", "Cls")]
    [InlineData("GraphFile", "model.onnx")]
    public async Task AddLocalEmbeddings_StaticModelReadOtherwise_IsRefused(string option, string value)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(Configuration(($"Embeddings:{option}", value), ("Embeddings:ModelPath", "Models/static-model2vec")).GetSection("Embeddings")).BuildServiceProvider();

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["a"]));

        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_WithoutEmbeddings_IsRefusedWhenSet() => Assert.Contains(
        "cross-encoder", Assert.Throws<ArgumentException>(() => new LocalEmbeddingOptions { Model = LocalModels.CrossEncoder }).Message, StringComparison.Ordinal);

    [Fact]
    public void AddLocalEmbeddings_BothInterfaces_HandOutOneInstance()
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().AddKeyedLocalEmbeddings("code").BuildServiceProvider();

        Assert.Same(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), services.GetRequiredService<IEmbeddingGenerator>());
        Assert.Same(services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("code"), services.GetRequiredKeyedService<IEmbeddingGenerator>("code"));
        Assert.NotSame(services.GetRequiredService<IEmbeddingGenerator>(), services.GetRequiredKeyedService<IEmbeddingGenerator>("code"));
    }

    [Fact]
    public async Task AddLocalEmbeddings_Twice_LastWinsAndTheFirstKeepsItsOptions()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(options => options.ModelPath = Tiny)
            .AddLocalEmbeddings()
            .BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>>[] all = [.. services.GetServices<IEmbeddingGenerator<string, Embedding<float>>>()];

        Assert.Equal(2, all.Length);
        Assert.Same(all[1], services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Equal(32, (await all[0].GenerateAsync(["a"]))[0].Dimensions);
        Assert.Equal(384, (await all[1].GenerateAsync(["a"]))[0].Dimensions);
    }

    [Fact]
    public async Task AddLocalEmbeddings_Configuration_IsBound()
    {
        LocalEmbeddingOptions? bound = null;
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(Configuration(
                ("Embeddings:ModelPath", Tiny), ("Embeddings:MaxTokens", "64"), ("Embeddings:Pooling", "Mean"), ("Embeddings:Normalize", "false"), ("Embeddings:Threads", "1"),
                ("Embeddings:LoneSurrogates", "Replace"), ("Embeddings:BatchTokenBudget", "77"), ("Embeddings:ModelId", "mine"), ("Embeddings:WarmUp", "true")).GetSection("Embeddings"))
            .PostConfigureAll<LocalEmbeddingOptions>(options => bound = options)
            .BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync([string.Join(' ', Enumerable.Repeat("word", 100))]);

        Assert.Equal(64, result.Usage!.InputTokenCount);
        Assert.Equal("mine", result[0].ModelId);
        Assert.Equal(
            (Tiny, 64, PoolingMode.Mean, false, 1, LoneSurrogateHandling.Replace, 77, true),
            (bound!.ModelPath, bound.MaxTokens, bound.Pooling, bound.Normalize, bound.Threads, bound.LoneSurrogates, bound.BatchTokenBudget, bound.WarmUp));
    }

    [Theory]
    [InlineData("BatchTokenBudget", "0")]
    [InlineData("MaxTokens", "0")]
    [InlineData("ModelPath", "")]
    public async Task AddLocalEmbeddings_BadConfiguration_NamesTheSectionAndTheProperty(string property, string value)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalEmbeddings(Configuration(($"Embeddings:{property}", value)).GetSection("Embeddings"));
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Embeddings", exception.Message, StringComparison.Ordinal);
        Assert.Contains(property, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLocalEmbeddings_OptionsFromServices_AreUsed()
    {
        IServiceCollection collection = new ServiceCollection().AddSingleton(new ModelChoice(Tiny)).AddLocalEmbeddings(options => options.MaxTokens = 24).AddKeyedLocalEmbeddings("other");
        collection.AddOptions<LocalEmbeddingOptions>().Configure<ModelChoice>((options, choice) => (options.ModelPath, options.MaxTokens) = (choice.Path, 32));
        await using ServiceProvider services = collection.BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Equal(32, (await generator.GenerateAsync(["a"]))[0].Dimensions);
        // The registration's own code comes last, and another key is another name.
        Assert.Equal(24, generator.GetRequiredService<EncoderInfo>().MaxTokens);
        Assert.Equal(384, services.GetRequiredKeyedService<IEmbeddingGenerator>("other").GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions);
    }

    [Fact]
    public async Task AddLocalEmbeddings_Pipeline_IsBothInterfacesAndTakesServices()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(new ModelChoice("marker"))
            .AddLocalEmbeddings(options =>
            {
                options.ModelPath = Tiny;
                options.Pipeline = builder => builder.Use((generator, provider) => new CountingGenerator(generator, provider.GetRequiredService<ModelChoice>()));
            })
            .BuildServiceProvider();

        CountingGenerator wrapper = Assert.IsType<CountingGenerator>(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        await wrapper.GenerateAsync(["a"]);

        Assert.Equal(1, wrapper.Calls);
        Assert.Equal("marker", wrapper.Choice.Path);
        Assert.Same(wrapper, services.GetRequiredService<IEmbeddingGenerator>());
    }

    [Fact]
    public async Task AddLocalEmbeddings_ModelPathThatDoesNotExist_FailsAtStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalEmbeddings(options => options.ModelPath = "no-such-model");
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("no-such-model", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddLocalEmbeddings_WarmUp_LoadsTheModelBehindItsPipelineAtStart(bool warmUp)
    {
        using DamagedModel model = new(Tiny);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalEmbeddings(options =>
        {
            options.ModelPath = model.Path;
            options.WarmUp = warmUp;
            options.Pipeline = builder => builder.Use(generator => new CachedGenerator(generator));
        });
        using IHost host = builder.Build();

        // The model cannot be loaded, so a start that succeeds has not loaded it.
        Exception? exception = await Record.ExceptionAsync(() => host.StartAsync());

        Assert.Equal(warmUp, exception is FileNotFoundException);
    }

    [Fact]
    public void Resolve_Services_LoadsNothing()
    {
        using DamagedModel model = new(Tiny);
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.ModelPath = model.Path).BuildServiceProvider();

        IEmbeddingGenerator generator = services.GetRequiredService<IEmbeddingGenerator>();

        Assert.NotNull(generator.GetService(typeof(ITokenCounter)));
        Assert.Null(generator.GetService(typeof(string)));
        Assert.Throws<FileNotFoundException>(() => generator.GetService(typeof(EmbeddingGeneratorMetadata)));
    }

    [Fact]
    public async Task AddLocalEmbeddings_WrapperThatDoesNotDispose_StillFreesTheModel()
    {
        ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options =>
        {
            options.ModelPath = Tiny;
            options.Pipeline = builder => builder.Use(generator => new CachedGenerator(generator));
        }).BuildServiceProvider();
        CachedGenerator wrapper = Assert.IsType<CachedGenerator>(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());

        await services.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wrapper.Inner.GenerateAsync(["a"]));
    }

    [Fact]
    public async Task GenerateAsync_DamagedModel_FailsAndCanBeMended()
    {
        using DamagedModel model = new(Tiny);
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.ModelPath = model.Path).BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        await Assert.ThrowsAsync<FileNotFoundException>(() => generator.GenerateAsync(["a"]));
        model.Mend();

        Assert.Single(await generator.GenerateAsync(["a"]));
    }

    [Fact]
    public async Task GenerateAsync_CancelledWhileLoading_DoesNotWait()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));

        Assert.Single(await generator.GenerateAsync(["a"]));
    }

    [Fact]
    public void GetKeyedServices_AnyKey_ListsTheUsersKeysOnly()
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().AddKeyedLocalEmbeddings("code").BuildServiceProvider();

        Assert.Single(services.GetKeyedServices<IEmbeddingGenerator<string, Embedding<float>>>(KeyedService.AnyKey));
    }

    [Fact]
    public async Task Dispose_Container_DisposesTheGenerator()
    {
        ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.ModelPath = Tiny).BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        await generator.GenerateAsync(["a"]);

        await services.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"]));
    }

    [Fact]
    public void AddLocalEmbeddings_BadOptions_AreRefusedWhenSet()
    {
        LocalEmbeddingOptions options = new();
        Assert.Throws<ArgumentException>(() => options.ModelPath = " ");
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxTokens = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.BatchTokenBudget = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Threads = 0);
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build();

    private sealed record ModelChoice(string Path);

    private sealed class CountingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, ModelChoice choice)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public int Calls { get; private set; }

        public ModelChoice Choice => choice;

        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            return base.GenerateAsync(values, options, cancellationToken);
        }
    }

    /// <summary>Answers by itself and never disposes what it wraps.</summary>
    private sealed class CachedGenerator(IEmbeddingGenerator<string, Embedding<float>> inner) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public IEmbeddingGenerator<string, Embedding<float>> Inner => inner;

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(new float[1]))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
