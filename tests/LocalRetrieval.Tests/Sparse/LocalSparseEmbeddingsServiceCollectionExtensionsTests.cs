using LocalRetrieval.Onnx;
using LocalRetrieval.Tests.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Tests.Sparse;

public sealed class LocalSparseEmbeddingsServiceCollectionExtensionsTests
{
    private const string Tiny = "Models/splade-mlm";

    [Fact]
    public async Task AddLocalSparseEmbeddings_ModelPath_GivesTheModelsWeights()
    {
        using OnnxSparseEmbeddingGenerator model = OnnxSparseEmbeddingGenerator.Load(Path.Combine(AppContext.BaseDirectory, Tiny), new() { MaxActiveDimensions = 4 });
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalSparseEmbeddings(Sections.Of(("ModelPath", Tiny), ("MaxActiveDimensions", "9")), options => options.MaxActiveDimensions = 4)
            .AddKeyedLocalSparseEmbeddings("all", options => options.ModelPath = Tiny)
            .BuildServiceProvider();
        SparseEmbedding expected = await model.GenerateAsync("The quick brown fox");

        SparseEmbedding limited = await services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync("The quick brown fox");
        SparseEmbedding all = await services.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("all").GenerateAsync("The quick brown fox");

        Assert.Equal(expected.Indices.ToArray(), limited.Indices.ToArray());
        Assert.Equal(expected.Weights.ToArray(), limited.Weights.ToArray());
        Assert.True(all.Indices.Length > 4);
    }

    [Fact]
    public async Task AddLocalSparseEmbeddings_Pipeline_IsWhatIsRegistered()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddKeyedLocalSparseEmbeddings("key", options => (options.ModelPath, options.Pipeline) = (Tiny, builder => builder.Use(inner => new CountingGenerator<SparseEmbedding>(inner))))
            .BuildServiceProvider();

        var generator = Assert.IsType<CountingGenerator<SparseEmbedding>>(services.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("key"));
        await generator.GenerateAsync(["a"]);

        Assert.Equal(1, generator.Calls);
        Assert.NotNull(generator.GetService<OnnxSparseEmbeddingGenerator>());
        Assert.Equal("splade-mlm", generator.GetRequiredService<EncoderInfo>().ModelId);
    }

    [Fact]
    public void AddLocalSparseEmbeddings_NoModelPath_IsRefusedByName()
    {
        using ServiceProvider services = new ServiceCollection().AddLocalSparseEmbeddings().BuildServiceProvider();

        string atStart = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate()).Message;

        Assert.StartsWith("LocalSparseEmbeddingOptions.ModelPath is not set, and no embedded model is of this kind.", atStart, StringComparison.Ordinal);
        Assert.Equal(atStart, Assert.Throws<OptionsValidationException>(services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>).Message);
    }

    [Fact]
    public async Task AddLocalSparseEmbeddings_AfterDenseOnes_LeavesThemTheNonGenericInterface()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(options => options.Model = LocalModels.Static)
            .AddLocalSparseEmbeddings(options => options.ModelPath = Tiny)
            .BuildServiceProvider();

        Assert.Equal("LocalRetrieval/static", services.GetRequiredService<IEmbeddingGenerator>().GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddLocalSparseEmbeddings_WarmUp_LoadsTheModelAtStart(bool warmUp)
    {
        using DamagedModel model = new(Tiny);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalSparseEmbeddings(options => (options.ModelPath, options.WarmUp) = (model.Path, warmUp));
        using IHost host = builder.Build();

        Exception? exception = await Record.ExceptionAsync(() => host.StartAsync());

        Assert.Equal(warmUp, exception is FileNotFoundException);
    }
}
