using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

public sealed partial class TenantTests
{
    /// <summary>The same questions of both, in conversations and with further queries, over one cache: what is kept is each one's own.</summary>
    [Fact]
    public async Task UseCaching_EqualRequestsOfBoth_GivesEachItsOwn()
    {
        int kept = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            using MemoryCache cache = new(new MemoryCacheOptions());
            PassageRetriever<string, Passage> alone = new(await FillAsync(random, seed), _generator, reranker: null, new PassageRetrieverOptions<Passage> { RequireFilter = true });
            IPassageRetriever<Passage> retriever = alone.AsBuilder<Passage>().UseQueryRewriting().UseCaching(cache).Build();
            string[] queries = [Sentence(random, 3), Sentence(random, 2)];

            // Both at the same time, again and again, so that runs are shared as well as results.
            for (int round = 0; round < 3; round++)
            {
                (string Tenant, Task<RetrievalResult<Passage>> Result)[] asked =
                    [.. from query in queries from tenant in (string[])["red", "blue", "red"] select (tenant, retriever.RetrieveAsync("and why?", AskedBy(tenant, query)))];
                foreach ((string tenant, Task<RetrievalResult<Passage>> task) in asked)
                {
                    RetrievalResult<Passage> result = await task;
                    AssertOwn(result, tenant, seed);
                    kept += result.Notes!.Count(note => note.Stage == RetrievalStage.Cache);
                }
            }
        }

        Assert.True(kept >= 10 * 2 * 6, $"{kept} were kept.");
    }

    /// <summary>A tenant that takes another's scope is still held to its own filter.</summary>
    [Fact]
    public async Task UseCaching_ScopeOfAnother_GivesNothingOfIt()
    {
        Random random = new(1);
        using MemoryCache cache = new(new MemoryCacheOptions());
        IReadOnlyList<VectorStoreCollection<string, Passage>> collections = await FillAsync(random, 1);
        IPassageRetriever<Passage> retriever = new PassageRetriever<string, Passage>(collections, _generator).AsBuilder<Passage>().UseCaching(cache).Build();
        RetrievalOptions<Passage> taken = AskedBy("blue", "pump");
        taken.CacheScope = "red";

        await retriever.RetrieveAsync("pump", AskedBy("red", "pump"));

        AssertOwn(await retriever.RetrieveAsync("pump", taken), "blue", 1);
    }

    private static RetrievalOptions<Passage> AskedBy(string tenant, string before) => new()
    {
        Filter = passage => passage.Scope == tenant,
        CacheScope = tenant,
        Conversation = [new ChatMessage(ChatRole.User, before)],
        Queries = ["oil the chain"],
        HypotheticalDocuments = ["The pump stops."],
    };
}
