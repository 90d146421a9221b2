using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Tests.Reranking;

public sealed class LocalRerankerServiceCollectionExtensionsTests
{
    private const string Tiny = "Models/reranker-bert-identity";

    [Fact]
    public async Task AddLocalReranker_NoArguments_ReranksWithTheEmbeddedModel()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalReranker().BuildServiceProvider();
        ITextReranker reranker = services.GetRequiredService<ITextReranker>();

        RerankingResult result = await reranker.RerankAsync("What do bees make?", ["Stars are hot.", "Bees make honey."]);

        Assert.Equal(1, result[0].Index);
        Assert.Equal("LocalRetrieval/cross-encoder", result.ModelId);
        Assert.Equal(512, reranker.GetRequiredService<TextRerankerMetadata>().MaxPairTokens);
    }

    [Fact]
    public async Task AddKeyedLocalReranker_Configuration_IsBoundAndKeptApart()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["R:ModelPath"] = Tiny, ["R:ModelId"] = "tiny" }).Build();
        await using ServiceProvider services = new ServiceCollection().AddLocalReranker().AddKeyedLocalReranker("tiny", configuration.GetSection("R")).BuildServiceProvider();

        RerankingResult result = await services.GetRequiredKeyedService<ITextReranker>("tiny").RerankAsync("a", ["b"]);

        Assert.Equal("tiny", result.ModelId);
        Assert.NotSame(services.GetRequiredService<ITextReranker>(), services.GetRequiredKeyedService<ITextReranker>("tiny"));
    }

    [Fact]
    public async Task AddLocalReranker_Pipeline_IsWhatIsRegistered()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalReranker(options =>
        {
            options.ModelPath = Tiny;
            options.Pipeline = builder => builder.Use(reranker => new TopOne(reranker));
        }).BuildServiceProvider();

        Assert.Single(await services.GetRequiredService<ITextReranker>().RerankAsync("a", ["b", "c"]));
    }

    [Fact]
    public async Task AddLocalReranker_FolderThatIsNoModel_FailsAtStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalReranker(options => options.ModelPath = AppContext.BaseDirectory);
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("config.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLocalReranker_Twice_LastWinsAndTheFirstKeepsItsOptions()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalReranker(options => options.ModelPath = Tiny)
            .AddLocalReranker(options => options.MaxTokens = 64)
            .BuildServiceProvider();
        ITextReranker[] all = [.. services.GetServices<ITextReranker>()];

        Assert.Same(all[1], services.GetRequiredService<ITextReranker>());
        Assert.Equal([512, 64], all.Select(reranker => reranker.GetRequiredService<TextRerankerMetadata>().MaxPairTokens!.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddLocalReranker_WarmUp_LoadsTheModelAtStart(bool warmUp)
    {
        using DamagedModel model = new(Tiny);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalReranker(options => (options.ModelPath, options.WarmUp) = (model.Path, warmUp));
        using IHost host = builder.Build();

        Exception? exception = await Record.ExceptionAsync(() => host.StartAsync());

        Assert.Equal(warmUp, exception is FileNotFoundException);
    }

    [Fact]
    public async Task AddLocalReranker_BadConfiguration_NamesTheProperty()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Reranker:Threads"] = "0" }).Build();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLocalReranker(configuration.GetSection("Reranker"));
        using IHost host = builder.Build();

        Assert.Contains("Threads", (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_Container_DisposesTheReranker()
    {
        ServiceProvider services = new ServiceCollection().AddLocalReranker(options => options.ModelPath = Tiny).BuildServiceProvider();
        ITextReranker reranker = services.GetRequiredService<ITextReranker>();
        await reranker.RerankAsync("a", ["b"]);

        await services.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reranker.RerankAsync("a", ["b"]));
    }

    private sealed class TopOne(ITextReranker inner) : DelegatingTextReranker(inner)
    {
        public override Task<RerankingResult> RerankAsync(
            string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default) =>
            base.RerankAsync(query, documents, new RerankingOptions { TopN = 1 }, cancellationToken);
    }
}
