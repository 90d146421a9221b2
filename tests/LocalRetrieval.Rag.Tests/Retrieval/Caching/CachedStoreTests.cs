using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval.Caching;

/// <summary>Results that are kept, over a store whose documents change.</summary>
public sealed class CachedStoreTests
{
    private static readonly string[] Words = ["oil", "chain", "boil", "pasta", "rain", "salt", "after", "water"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RetrieveAsync_RandomRequestsAndChanges_EqualsTheRetrieverAlone(int seed)
    {
        Random random = new(seed);
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        using MemoryCache cache = new(new MemoryCacheOptions());
        using FakeReranker reranker = new(text => text.Length);
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, "docs");
        PassageRetriever<string, Passage> alone = new(collection, generator, reranker);
        IPassageRetriever<Passage> cached = alone.AsBuilder<Passage>().UseCaching(cache).Build();
        await indexer.IndexAsync(collection, [Document(random, 0), Document(random, 1)]);
        int hits = 0;

        for (int step = 0; step < 200; step++)
        {
            if (random.Next(20) == 0)
            {
                await indexer.IndexAsync(collection, [Document(random, random.Next(4))]);
            }
            else if (random.Next(30) == 0)
            {
                await PassageIndexer.DeleteSourceAsync(collection, "2.md");
            }

            string query = Words[random.Next(2)];
            RetrievalOptions<Passage> options = Options(random);
            RetrievalResult<Passage> expected = await alone.RetrieveAsync(query, options);
            RetrievalResult<Passage> actual = await cached.RetrieveAsync(query, options);

            Assert.Equal(Describe(expected), Describe(actual));
            hits += actual.Notes is null ? 0 : 1;
        }

        Assert.True(hits > 10, $"{hits} results were kept.");
    }

    [Fact]
    public async Task RetrieveAsync_FirstRequestOfARegisteredRetriever_IsKept()
    {
        using FakeEmbeddingGenerator generator = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(generator).AddLocalVectorStore().AddMemoryCache()
            .AddPassageRetriever<string, Passage>("docs", options => options.Pipeline = pipeline => pipeline.UseCaching()).BuildServiceProvider();
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "docs");
        await indexer.IndexAsync(collection, [new SourceDocument("a.md", "Oil the chain.")]);
        IPassageRetriever<Passage> retriever = services.GetRequiredService<IPassageRetriever<Passage>>();

        Assert.Null((await retriever.RetrieveAsync("oil")).Notes);
        Assert.Equal(RetrievalStage.Cache, Assert.Single((await retriever.RetrieveAsync("oil")).Notes!).Stage);
    }

    [Fact]
    public async Task GetVersionAsync_Collection_ChangesWithItsRecords()
    {
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, "docs");
        ICollectionVersion version = Assert.IsAssignableFrom<ICollectionVersion>(collection.GetService(typeof(ICollectionVersion)));
        List<string?> versions = [];

        Assert.Null(await version.GetVersionAsync());
        await indexer.IndexAsync(collection, [new SourceDocument("a.md", "Oil.")]);
        versions.Add(await version.GetVersionAsync());
        Assert.Equal(versions[0], await version.GetVersionAsync());
        await indexer.IndexAsync(collection, [new SourceDocument("a.md", "Oil the chain.")]);
        versions.Add(await version.GetVersionAsync());
        await PassageIndexer.DeleteSourceAsync(collection, "a.md");
        versions.Add(await version.GetVersionAsync());
        await collection.EnsureCollectionDeletedAsync();
        Assert.Null(await version.GetVersionAsync());
        await indexer.IndexAsync(collection, [new SourceDocument("a.md", "Oil.")]);
        versions.Add(await version.GetVersionAsync());

        Assert.DoesNotContain(null, versions);
        Assert.Equal(4, versions.Distinct().Count());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await version.GetVersionAsync(new CancellationToken(canceled: true)));
    }

    private static SourceDocument Document(Random random, int number) =>
        new($"{number}.md", string.Join(' ', Enumerable.Range(0, 6).Select(_ => Words[random.Next(Words.Length)])));

    private static RetrievalOptions<Passage> Options(Random random)
    {
        string source = $"{random.Next(2)}.md";
        RetrievalOptions<Passage> options = new() { Top = 1 + random.Next(2), Rerank = random.Next(2) == 0, CacheScope = random.Next(2) == 0 ? "s" : null };
        if (random.Next(2) == 0)
        {
            options.Filter = passage => passage.Source == source;
        }

        return options;
    }

    private static string Describe(RetrievalResult<Passage> result) =>
        string.Join('\n', result.Passages.Concat(result.Candidates).Select(passage => $"{passage.Source} {passage.Text} {passage.Score:R} {passage.Rank} {string.Join(' ', passage.Stages)}"));
}
