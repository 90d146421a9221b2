using LocalRetrieval.Rag;
using LocalRetrieval.Static;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Hosting;

/// <summary>An application with an appsettings.json.</summary>
public sealed class AppSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("appsettings");

    [Fact]
    public async Task AddLocalRetrieval_SectionOfAppSettings_ConfiguresEveryPart()
    {
        using IHost host = Build("""
            {
              "Logging": { "LogLevel": { "Default": "None" } },
              "LocalRetrieval": {
                "Embeddings": { "Model": "Static", "Truncation": "ChunkAndPool", "ChunkOverlap": 8, "MaxTokens": null, "MatryoshkaDimensions": [ 64, 128 ], "WarmUp": true },
                "Reranker": { "ModelPath": "Models/reranker-bert-identity", "Threads": 1 },
                "VectorStore": { "Keywords": { "Stem": true, "K1": 1.5 }, "HybridSearch": { "Method": "ReciprocalRank", "RankConstant": 30 } },
                "Indexer": { "BatchSize": 8, "Chunking": { "MaxTokens": 32 } },
                "Retriever": { "Top": 2, "RerankingBudget": "00:00:30", "OrderStage": "vector" }
              }
            }
            """);

        await host.StartAsync();
        PassageIndexer indexer = host.Services.GetRequiredService<PassageIndexer>();
        IndexingResult indexed = await indexer.IndexAsync(
            await indexer.GetCollectionAsync(host.Services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName),
            [new SourceDocument("a", "Bees make honey."), new SourceDocument("b", "Stars are hot."), new SourceDocument("c", "Bread is baked.")]);
        RetrievalResult result = await host.Services.GetRequiredService<IPassageRetriever>().RetrieveAsync("honey of bees");
        await host.StopAsync();

        indexed.ThrowIfFailed();
        Assert.Equal((2, "a"), (result.Passages.Count, result.Passages[0].Source));
        Assert.NotNull(host.Services.GetRequiredService<IEmbeddingGenerator>().GetService(typeof(StaticEmbeddingGenerator)));
        Assert.Equal("reranker-bert-identity", host.Services.GetRequiredService<ITextReranker>().GetRequiredService<TextRerankerMetadata>().DefaultModelId);
    }

    [Fact]
    public async Task Start_MistakesOfAppSettings_AreNamedByTheirPaths()
    {
        using IHost host = Build("""
            { "LocalRetrieval": { "Embeddings": { "Modle": "Static", "MaxTokens": 0 }, "Retriever": { "Order": "Best" } } }
            """);

        AggregateException exception = await Assert.ThrowsAsync<AggregateException>(() => host.StartAsync());

        string[] failures = [.. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)];
        Assert.Equal("'LocalRetrieval:Embeddings:Modle' is no key of LocalEmbeddingOptions. Did you mean 'Model'?", failures[1]);
        Assert.StartsWith("'LocalRetrieval:Embeddings:MaxTokens': ", failures[0], StringComparison.Ordinal);
        Assert.Equal("'LocalRetrieval:Retriever:Order' is 'Best'; expected one of StandardScores, ReciprocalRanks.", failures[2]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IHost Build(string appSettings)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), appSettings);
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.FullName });
        builder.Services.AddLocalRetrieval(builder.Configuration.GetSection("LocalRetrieval"));
        return builder.Build();
    }
}
