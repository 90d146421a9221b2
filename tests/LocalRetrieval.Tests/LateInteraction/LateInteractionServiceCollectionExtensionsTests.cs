using LocalRetrieval.Onnx;
using LocalRetrieval.Tests.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Tests.LateInteraction;

/// <summary>The registrations over a model of a vector a token: its embeddings, and the reranker by late interaction.</summary>
public sealed class LateInteractionServiceCollectionExtensionsTests
{
    private const string Tiny = "Models/colbert";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, Tiny);

    [Fact]
    public async Task AddLocalMultiVectorEmbeddings_ModelPath_GivesTheModelsVectors()
    {
        using OnnxMultiVectorEmbeddingGenerator model = OnnxMultiVectorEmbeddingGenerator.Load(Folder);
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalMultiVectorEmbeddings(Sections.Of(("ModelPath", Tiny), ("Threads", "1")))
            .AddKeyedLocalMultiVectorEmbeddings("named", Sections.Of(("ModelPath", Tiny)), options => options.ModelId = "mine")
            .BuildServiceProvider();
        MultiVectorEmbedding expected = await model.GenerateAsync("The quick brown fox");

        MultiVectorEmbedding actual = await services.GetRequiredService<IEmbeddingGenerator<string, MultiVectorEmbedding>>().GenerateAsync("The quick brown fox");
        MultiVectorEmbedding named = await services.GetRequiredKeyedService<IEmbeddingGenerator<string, MultiVectorEmbedding>>("named").GenerateAsync("a");

        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(MaxSim.Score(expected, expected), MaxSim.Score(expected, actual), 1e-4);
        Assert.Equal("mine", named.ModelId);
    }

    [Fact]
    public async Task AddLocalLateInteractionReranker_ModelPath_GivesTheModelsScores()
    {
        using OnnxLateInteractionReranker model = OnnxLateInteractionReranker.Load(Folder);
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalReranker()
            .AddLocalLateInteractionReranker(options => options.ModelPath = Tiny)
            .AddKeyedLocalLateInteractionReranker("named", Sections.Of(("ModelPath", Tiny), ("ModelId", "mine")))
            .BuildServiceProvider();
        ITextReranker reranker = services.GetRequiredService<ITextReranker>();
        string[] documents = ["The quick brown fox", "cats", "What is mean pooling?"];
        RerankingResult expected = await model.RerankAsync("fox", documents);

        RerankingResult actual = await reranker.RerankAsync("fox", documents);

        Assert.Equal(expected.Select(document => document.Index), actual.Select(document => document.Index));
        Assert.Equal(expected.Select(document => document.Score), actual.Select(document => document.Score));
        Assert.NotNull(reranker.GetService<OnnxLateInteractionReranker>());
        Assert.NotNull(reranker.GetService<OnnxMultiVectorEmbeddingGenerator>());
        Assert.NotNull(reranker.GetService<IEmbeddingGenerator<string, MultiVectorEmbedding>>());
        Assert.Null(reranker.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Equal("mine", services.GetRequiredKeyedService<ITextReranker>("named").GetRequiredService<TextRerankerMetadata>().DefaultModelId);
    }

    [Fact]
    public async Task Pipeline_OfBoth_IsWhatIsRegistered()
    {
        TextRerankerMetadata? early = null;
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalMultiVectorEmbeddings(options => (options.ModelPath, options.Pipeline) = (Tiny, builder => builder.Use(inner => new CountingGenerator<MultiVectorEmbedding>(inner))))
            .AddLocalLateInteractionReranker(options => (options.ModelPath, options.Pipeline) = (Tiny, builder => builder.Use(inner =>
            {
                early = inner.GetService<TextRerankerMetadata>();
                return new Stage(inner);
            })))
            .BuildServiceProvider();

        Assert.IsType<CountingGenerator<MultiVectorEmbedding>>(services.GetRequiredService<IEmbeddingGenerator<string, MultiVectorEmbedding>>());
        Stage reranker = Assert.IsType<Stage>(services.GetRequiredService<ITextReranker>());
        TextRerankerMetadata late = reranker.GetRequiredService<TextRerankerMetadata>();
        Assert.Equal((late.ProviderName, late.DefaultModelId), (early!.ProviderName, early.DefaultModelId));
    }

    [Fact]
    public void AddLocalMultiVectorEmbeddings_NoModelPath_IsRefusedByName()
    {
        using ServiceProvider services = new ServiceCollection().AddLocalMultiVectorEmbeddings().AddLocalLateInteractionReranker().BuildServiceProvider();

        AggregateException exception = Assert.Throws<AggregateException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.All(exception.InnerExceptions, inner => Assert.IsType<OptionsValidationException>(inner));
        Assert.Contains("LocalMultiVectorEmbeddingOptions.ModelPath is not set", exception.InnerExceptions[0].Message, StringComparison.Ordinal);
        Assert.Contains("LocalLateInteractionRerankerOptions.ModelPath is not set", exception.InnerExceptions[1].Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<IEmbeddingGenerator<string, MultiVectorEmbedding>>);
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<ITextReranker>);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddLocalLateInteractionReranker_WarmUp_LoadsTheModelAtStart(bool warmUp)
    {
        using DamagedModel model = new(Tiny);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalLateInteractionReranker(options => (options.ModelPath, options.WarmUp) = (model.Path, warmUp));
        using IHost host = builder.Build();

        Exception? exception = await Record.ExceptionAsync(() => host.StartAsync());

        Assert.Equal(warmUp, exception is FileNotFoundException);
    }

    private sealed class Stage(ITextReranker inner) : DelegatingTextReranker(inner);
}
