using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Docs;

/// <summary>The code of docs/retrieval.md on relevance compiles, and runs here.</summary>
public sealed class RelevancePageTests
{
    [Fact]
    public void Page_Snippet_IsTheCompiledOne()
    {
        string page = File.ReadAllText(Checkout.Path("docs", "retrieval.md")).ReplaceLineEndings("\n");
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Rag.Tests", "Docs", "RelevancePageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split("// snippet\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snippet_Runs()
    {
        using FakeEmbeddingGenerator generator = new() { Encoder = new EncoderInfo("fake", new EncoderFingerprint([FingerprintComponent.Of("model", "m", "m")])) };
        using LocalVectorStore store = new();
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, "docs");
        (await indexer.IndexAsync(collection, [new SourceDocument("bike.txt", "Oil the chain."), new SourceDocument("cup.txt", "Wash the cup.")])).ThrowIfFailed();
        PassageRetriever<string, Passage> retriever = new(collection, generator);
        RetrievedPassage chain = (await retriever.RetrieveAsync("oil")).Passages[0];

        // snippet
        RelevanceJudgement[] judgements =
        [
            new("How is the chain oiled?", [chain.Key]),        // the keys of the passages that answer
            new("Who won the cup in 1954?", []),                // nothing here does
        ];
        RelevanceModel model = await retriever.FitRelevanceAsync(judgements);
        PassageRetrieverOptions<Passage> options = new() { RelevanceModel = model, MinimumRelevance = 0.1 };
        // end

        RetrievalResult<Passage> found = await new PassageRetriever<string, Passage>(collection, generator, options: options).RetrieveAsync("How is the chain oiled?");
        Assert.Equal("bike.txt", found.Passages[0].Source);
        Assert.InRange(found.Passages[0].Relevance!.Value, 0.5, 1);
    }
}
