using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Embeddings;

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
        Assert.Equal(254, generator.GetRequiredService<ITokenCounter>().MaxTokens);
    }

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
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Embeddings:ModelPath"] = Tiny, ["Embeddings:MaxTokens"] = "16", ["Embeddings:Pooling"] = "Mean", ["Embeddings:ModelId"] = "mine",
        }).Build();
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(configuration.GetSection("Embeddings")).BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync([string.Join(' ', Enumerable.Repeat("word", 100))]);

        Assert.Equal(16, result.Usage!.InputTokenCount);
        Assert.Equal("mine", result[0].ModelId);
    }

    [Fact]
    public async Task AddLocalEmbeddings_OptionsFromServices_AreUsed()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(new ModelChoice(Tiny))
            .AddLocalEmbeddings((options, provider) => options.ModelPath = provider.GetRequiredService<ModelChoice>().Path)
            .BuildServiceProvider();

        Assert.Equal(32, (await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["a"]))[0].Dimensions);
    }

    [Fact]
    public async Task AddLocalEmbeddings_Wrap_ComposesMiddlewareForBothInterfaces()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(new ModelChoice("marker"))
            .AddLocalEmbeddings(options =>
            {
                options.ModelPath = Tiny;
                options.Wrap = (generator, provider) => new CountingGenerator(generator, provider.GetRequiredService<ModelChoice>());
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
    public async Task AddLocalEmbeddings_WarmUp_LoadsAtStartOnlyWhenAsked(bool warmUp)
    {
        int calls = 0;
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalEmbeddings(options =>
        {
            options.ModelPath = Tiny;
            options.WarmUp = warmUp;
            options.Wrap = (generator, _) => new CountingGenerator(generator, new ModelChoice(""), () => calls++);
        });
        using IHost host = builder.Build();

        await host.StartAsync();

        Assert.Equal(warmUp ? 1 : 0, calls);
    }

    [Fact]
    public async Task AddLocalEmbeddings_DamagedModel_FailsOnUseAndCanBeMended()
    {
        string folder = Directory.CreateTempSubdirectory("local-retrieval-damaged-").FullName;
        try
        {
            CopyFolder(Path.Combine(AppContext.BaseDirectory, Tiny), folder);
            string graph = Path.Combine(folder, "onnx", "model.onnx");
            File.Move(graph, graph + ".away");
            await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(options => options.ModelPath = folder).BuildServiceProvider();
            IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

            await Assert.ThrowsAsync<FileNotFoundException>(() => generator.GenerateAsync(["a"]));
            File.Move(graph + ".away", graph);

            Assert.Single(await generator.GenerateAsync(["a"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxTokens = 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.BatchTokenBudget = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Threads = 0);
    }

    private static void CopyFolder(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private sealed record ModelChoice(string Path);

    private sealed class CountingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, ModelChoice choice, Action? called = null)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public int Calls { get; private set; }

        public ModelChoice Choice => choice;

        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            called?.Invoke();
            return base.GenerateAsync(values, options, cancellationToken);
        }
    }
}
