using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests;

/// <summary>The main job, end to end, over the embedded models.</summary>
public sealed class LocalRetrievalServiceCollectionExtensionsTests
{
    private static readonly SourceDocument[] Documents =
    [
        new("bees.md", "# Bees\n\nBees collect nectar and make honey in the hive.\n\n## Winter\n\nIn winter the colony clusters to keep the queen warm."),
        new("stars.md", "# Stars\n\nA star shines because hydrogen fuses into helium in its core.\n\n## Colour\n\nHot stars look blue, cool stars look red."),
        new("bread.md", "# Bread\n\nYeast makes dough rise by giving off carbon dioxide.\n\n## Crust\n\nSteam in the oven keeps the crust soft until the loaf has risen."),
    ];

    [Fact]
    public async Task AddLocalRetrieval_NoArguments_RetrievesReranksAndAnswers()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        await IndexAsync(services, null);
        IPassageRetriever retriever = services.GetRequiredService<IPassageRetriever>();

        RetrievalResult result = await retriever.RetrieveAsync("Why does a loaf get bigger?");

        Assert.Equal("bread.md", result.Passages[0].Source);
        Assert.Equal([RetrievalStage.Vector, RetrievalStage.Keyword, RetrievalStage.Reranker], result.Passages[0].Stages.Select(stage => stage.Stage));
        Assert.Equal(6, result.Candidates.Count);
    }

    [Fact]
    public async Task ChunkingOptions_Default_IsWhatTheEmbeddedModelsReadWhole()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        ITokenCounter embedding = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetRequiredService<ITokenCounter>();
        ITokenCounter reranking = services.GetRequiredService<ITextReranker>().GetRequiredService<ITokenCounter>();
        int chunk = new ChunkingOptions().MaxTokens;

        Assert.True(chunk <= embedding.MaxTokens, $"A chunk has up to {chunk} tokens, and the bi-encoder reads {embedding.MaxTokens}.");
        Assert.True(2 * chunk <= reranking.MaxTokens, $"A query as long as a chunk makes {2 * chunk} tokens, and the cross-encoder reads {reranking.MaxTokens}.");
    }

    [Fact]
    public async Task AddLocalRetrieval_RegistersEveryService()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.NotNull(services.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.NotNull(services.GetService<IEmbeddingGenerator>());
        Assert.NotNull(services.GetService<ITextReranker>());
        Assert.NotNull(services.GetService<VectorStore>());
        Assert.NotNull(services.GetService<PassageIndexer>());
        Assert.NotNull(services.GetService<IPassageRetriever<Passage>>());
        Assert.Same(services.GetService<IPassageRetriever>(), services.GetService<IPassageRetriever<Passage>>());
    }

    [Fact]
    public async Task AddKeyedLocalRetrieval_TwoKeys_ShareNothing()
    {
        await using ServiceProvider services = new ServiceCollection().AddKeyedLocalRetrieval("a").AddKeyedLocalRetrieval("b").BuildServiceProvider();
        await IndexAsync(services, "a");

        Assert.NotEmpty((await services.GetRequiredKeyedService<IPassageRetriever>("a").RetrieveAsync("honey")).Passages);
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredKeyedService<IPassageRetriever>("b").RetrieveAsync("honey"));
        Assert.Contains("passages", exception.Message, StringComparison.Ordinal);
        Assert.Null(services.GetService<IPassageRetriever>());
    }

    [Fact]
    public async Task AddLocalRetrieval_Configuration_ReachesEveryPart()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LocalRetrieval:Embeddings:ModelId"] = "mine", ["LocalRetrieval:Reranker:ModelId"] = "ours",
            ["LocalRetrieval:VectorStore:Keywords:Stem"] = "true", ["LocalRetrieval:Indexer:Chunking:MaxTokens"] = "32", ["LocalRetrieval:Retriever:Top"] = "2",
        }).Build();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalRetrieval(configuration.GetSection("LocalRetrieval"));
        using IHost host = builder.Build();
        await host.StartAsync();
        await IndexAsync(host.Services, null);

        Assert.Equal(2, (await host.Services.GetRequiredService<IPassageRetriever>().RetrieveAsync("honey")).Passages.Count);
        Assert.Equal("mine", host.Services.GetRequiredService<IEmbeddingGenerator>().GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
        Assert.Equal("ours", host.Services.GetRequiredService<ITextReranker>().GetRequiredService<TextRerankerMetadata>().DefaultModelId);
    }

    [Theory]
    [InlineData("LocalRetrieval:Embedings:Model", "'LocalRetrieval:Embedings' is no key of LocalRetrieval. Did you mean 'Embeddings'?")]
    [InlineData("LocalRetrieval:Logging:LogLevel:Default", "'LocalRetrieval:Logging' is no key of LocalRetrieval. Known are Embeddings, Reranker, VectorStore, Indexer, Retriever.")]
    public async Task AddLocalRetrieval_UnknownPart_IsRefusedAtStartAndWithoutAHost(string key, string failure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(key, (string?)"x")]);
        builder.Services.AddLocalRetrieval(builder.Configuration.GetSection("LocalRetrieval"));
        using IHost host = builder.Build();

        Assert.Equal(failure, (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Message);
        Assert.Equal(failure, Assert.Throws<OptionsValidationException>(host.Services.GetRequiredService<IPassageRetriever>).Message);
        foreach (Type part in new[] { typeof(PassageIndexer), typeof(IEmbeddingGenerator), typeof(ITextReranker), typeof(VectorStore) })
        {
            Assert.Equal(failure, Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService(part)).Message);
        }

        Assert.Equal(failure, Assert.Throws<OptionsValidationException>(host.Services.GetRequiredService<IStartupValidator>().Validate).Message);
    }

    [Fact]
    public async Task AddLocalRetrieval_ConfigurationRoot_IsRefusedAtStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalRetrieval(builder.Configuration);
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("root of the configuration", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GetSection", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddKeyedLocalRetrieval_UnknownPart_IsRefusedByEveryPart()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("LocalRetrieval:Rerankr:ModelId", (string?)"x")]).Build();
        await using ServiceProvider services = new ServiceCollection().AddKeyedLocalRetrieval("key", configuration.GetSection("LocalRetrieval")).BuildServiceProvider();

        foreach (Type part in new[] { typeof(PassageIndexer), typeof(IEmbeddingGenerator), typeof(ITextReranker), typeof(VectorStore), typeof(IPassageRetriever) })
        {
            Assert.Contains("Did you mean 'Reranker'?", Assert.Throws<OptionsValidationException>(() => services.GetRequiredKeyedService(part, "key")).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Embeddings:ModelId", "", "ModelId")]
    [InlineData("Indexer:Chunking", null, "'LocalRetrieval:Indexer:Chunking' is null, which Chunking cannot be")]
    [InlineData("VectorStore:Keywords", null, "'LocalRetrieval:VectorStore:Keywords' is null, which Keywords cannot be")]
    [InlineData("VectorStore:HybridSearch", null, "'LocalRetrieval:VectorStore:HybridSearch' is null, which HybridSearch cannot be")]
    [InlineData("VectorStore:Keywords:K1", "-1", "(Parameter 'K1')")]
    [InlineData("VectorStore:Keywords:B", "2", "(Parameter 'B')")]
    [InlineData("VectorStore:HybridSearch:RankConstant", "-1", "(Parameter 'RankConstant')")]
    [InlineData("VectorStore:HybridSearch:Candidates", "0", "(Parameter 'Candidates')")]
    [InlineData("VectorStore:HybridSearch:VectorWeight", "-1", "(Parameter 'VectorWeight')")]
    [InlineData("VectorStore:HybridSearch:KeywordWeight", "-1", "(Parameter 'KeywordWeight')")]
    public void AddLocalRetrieval_ValueThatCannotBe_NamesTheOption(string key, string? value, string failure)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"LocalRetrieval:{key}", value)]).Build();
        using ServiceProvider services = new ServiceCollection().AddLocalRetrieval(configuration.GetSection("LocalRetrieval")).BuildServiceProvider();

        string message = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message;

        Assert.Contains(failure, message, StringComparison.Ordinal);
        Assert.DoesNotContain("'value'", message, StringComparison.Ordinal);
    }

    private static async Task IndexAsync(IServiceProvider services, object? key)
    {
        PassageIndexer indexer = services.GetRequiredKeyedService<PassageIndexer>(key);
        VectorStore store = services.GetRequiredKeyedService<VectorStore>(key);
        IndexingResult result = await indexer.IndexAsync(await indexer.GetCollectionAsync(store, LocalRetrievalServiceCollectionExtensions.DefaultCollectionName), Documents);
        result.ThrowIfFailed();
    }
}
