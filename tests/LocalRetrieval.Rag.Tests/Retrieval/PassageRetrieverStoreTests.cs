using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>From documents to passages, over a real store.</summary>
public sealed class PassageRetrieverStoreTests
{
    private const string Text = "# Cooking\r\n\r\nBoil the pasta in salted water. 😀\r\n\r\n# Cycling\r\n\r\nOil the chain after rain.\r\n";

    [Fact]
    public async Task RetrieveAsync_IndexedDocument_FindsThePassageInItsPlace()
    {
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        FakeReranker reranker = new(text => text.Contains("chain", StringComparison.Ordinal) ? 2 : -2);
        PassageRetriever<string, Passage> retriever = await IndexAsync(store, generator, reranker);

        RetrievalResult<Passage> result = await retriever.RetrieveAsync("oil the chain");

        RetrievedPassage<Passage> best = result.Passages[0];
        Assert.Equal(("manual.md", "Cycling", "Oil the chain after rain."), (best.Source, best.HeadingPath, best.Text));
        Assert.Equal(best.Text, Text.Substring(best.Offset!.Value, best.Length!.Value));
        Assert.Contains(("oil the chain", "query"), generator.Embedded);
        Assert.Contains("Cycling\nOil the chain after rain.", Assert.Single(reranker.Requests));
    }

    [Fact]
    public async Task RetrieveAsync_Filter_LimitsTheRecords()
    {
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        PassageRetriever<string, Passage> retriever = await IndexAsync(store, generator, reranker: null);

        RetrievalResult<Passage> result = await retriever.RetrieveAsync("oil the chain", new RetrievalOptions<Passage> { Filter = passage => passage.Source == "other.txt" });

        Assert.Equal("other.txt", Assert.Single(result.Passages).Source);
    }

    [Fact]
    public async Task RetrieveAsync_Concurrent_EqualsSerial()
    {
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        PassageRetriever<string, Passage> retriever = await IndexAsync(store, generator, new FakeReranker(text => text.Length));
        string[] queries = [.. Enumerable.Range(0, 40).Select(index => index % 2 == 0 ? "boil pasta" : "rain chain")];

        RetrievalResult<Passage>[] concurrent = await Task.WhenAll(queries.Select(query => Task.Run(() => retriever.RetrieveAsync(query))));

        for (int index = 0; index < queries.Length; index++)
        {
            RetrievalResult<Passage> serial = await retriever.RetrieveAsync(queries[index]);
            Assert.Equal(serial.Passages.Select(passage => (passage.Key, passage.Score)), concurrent[index].Passages.Select(passage => (passage.Key, passage.Score)));
        }
    }

    private static async Task<PassageRetriever<string, Passage>> IndexAsync(LocalVectorStore store, FakeEmbeddingGenerator generator, FakeReranker? reranker)
    {
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, "docs");
        await indexer.IndexAsync(collection, [new SourceDocument("manual.md", Text), new SourceDocument("other.txt", "Nothing of note.")]);
        return new PassageRetriever<string, Passage>(collection, generator, reranker);
    }
}
