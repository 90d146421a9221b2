using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Docs;

/// <summary>The code of docs/retrieval.md on selection and several collections compiles, and runs here.</summary>
public sealed class SelectionPageTests
{
    [Theory]
    [InlineData("selection")]
    [InlineData("collections")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string page = File.ReadAllText(Checkout.Path("docs", "retrieval.md")).ReplaceLineEndings("\n");
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Rag.Tests", "Docs", "SelectionPageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snippets_Run()
    {
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        PassageIndexer indexer = new(generator);
        foreach (string name in (string[])["handbook", "wiki"])
        {
            (await indexer.IndexAsync(await indexer.GetCollectionAsync(store, name), [new SourceDocument("bike.txt", $"Oil the chain, says the {name}.")])).ThrowIfFailed();
        }

        ServiceCollection services = new();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(generator).AddSingleton<VectorStore>(store);

        // snippet: collections
        services.AddPassageRetriever<string, Passage>(["handbook", "wiki"]);
        // end

        await using ServiceProvider provider = services.BuildServiceProvider();
        IPassageRetriever retriever = provider.GetRequiredService<IPassageRetriever>();

        // snippet: selection
        RetrievalResult result = await retriever.RetrieveAsync("How is the chain oiled?", new RetrievalOptions
        {
            Selection = new SelectionOptions { NeighborsAfter = 1, MaxPerSource = 2, TokenBudget = 1500 },
        });
        // end

        Assert.Equal(["handbook", "wiki"], result.Passages.Select(passage => passage.Collection).Order());
    }
}
