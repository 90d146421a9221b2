using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Docs;

/// <summary>The code of docs/retrieval.md on late interaction compiles, and runs here with a tiny model.</summary>
public sealed class LateInteractionPageTests
{
    [Fact]
    public void Page_Snippet_IsTheCompiledOne()
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tests", "Docs", "LateInteractionPageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split("// snippet: late\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal)
            .Replace("TokenDimensions = 16", "TokenDimensions = 128", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", File.ReadAllText(Checkout.Path("docs", "retrieval.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snippet_Runs()
    {
        ModelFolders models = new("", TestModels.Tiny("colbert"));
        ServiceCollection services = new();
        services.AddLocalRetrieval("docs");

        // snippet: late
        services.AddLocalMultiVectorEmbeddings(options => options.ModelPath = models.TokenVectors);
        services.AddOptions<PassageIndexerOptions>().Configure<IEmbeddingGenerator<string, MultiVectorEmbedding>>((options, tokens) => options.TokenGenerator = tokens);
        services.AddOptions<PassageRetrieverOptions<Passage>>().Configure<VectorStore, IEmbeddingGenerator<string, MultiVectorEmbedding>>((options, store, tokens) =>
        {
            options.Definition = Passage.CreateDefinition<string>(dimensions: 384, new PassageDefinitionOptions { TokenDimensions = 16 });
            VectorStoreCollection<string, Passage> docs = store.GetCollection<string, Passage>("docs", options.Definition);
            options.Rerankers.Add(new MaxSimStage<string, Passage>(docs, tokens, passage => passage.TokenVectors));
        });
        // end

        await using ServiceProvider provider = services.BuildServiceProvider();
        PassageIndexer indexer = provider.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(provider.GetRequiredService<VectorStore>(), "docs");
        (await indexer.IndexAsync(collection, [new SourceDocument("a.md", "Oil the chain."), new SourceDocument("b.md", "Boil the pasta.")])).ThrowIfFailed();

        RetrievalResult result = await provider.GetRequiredService<IPassageRetriever>().RetrieveAsync("chain");

        Assert.Equal(2, result.Passages.Count);
        Assert.All(result.Passages, passage => Assert.NotNull(passage.Stage(RetrievalStage.MaxSim)));
        Assert.Equal([RetrievalStage.MaxSim, RetrievalStage.Reranker], result.Timings.Select(timing => timing.Stage).Where(stage => stage is RetrievalStage.MaxSim or RetrievalStage.Reranker));
    }
}
