using System.Runtime.CompilerServices;
using LocalRetrieval.Testing;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Quality;

/// <summary>nDCG@10 of keyword, vector and hybrid search, and of the reranker over what the hybrid search finds, through the public API.</summary>
internal static class HybridQuality
{
    private const int Depth = 50;
    private const int PairTokens = 256;

    public static async Task<string> RunAsync(string dataset, CancellationToken cancellationToken)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", dataset));
        Dictionary<string, double> sums = [];
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings()
            .AddLocalReranker(options => options.MaxTokens = PairTokens)
            .AddLocalVectorStore()
            .BuildServiceProvider();
        LocalVectorStoreCollection<string, Passage> collection = await BeirCollection.CreateAsync(services, dataset, data.Corpus, cancellationToken);
        foreach ((string id, string text) in data.Queries)
        {
            await foreach ((string name, IEnumerable<string> found) in SearchAsync(services, collection, data, text, cancellationToken))
            {
                sums[name] = sums.GetValueOrDefault(name) + Ndcg.At(10, found, data.Qrels[id]);
            }
        }

        return FormattableString.Invariant($"""
            | {dataset}, nDCG@10 | |
            |---|---:|
            {string.Join('\n', sums.Select(sum => FormattableString.Invariant($"| {sum.Key} | {sum.Value / data.Queries.Count:F5} |")))}

            """);
    }

    /// <summary>What each way to search finds for a query, best first.</summary>
    private static async IAsyncEnumerable<(string Name, IEnumerable<string> Found)> SearchAsync(
        ServiceProvider services,
        LocalVectorStoreCollection<string, Passage> collection,
        BeirDataset data,
        string query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        Embedding<float> vector = await generator.GenerateQueryAsync(query, cancellationToken: cancellationToken);
        string[] byWords = await collection.KeywordSearchAsync(query, Depth, cancellationToken: cancellationToken)
            .Select(found => found.Record.Key).ToArrayAsync(cancellationToken);
        yield return ("keywords: BM25 as passages have it", byWords);
        string[] byVectors = await collection.SearchAsync(vector, Depth, cancellationToken: cancellationToken)
            .Select(found => found.Record.Key).ToArrayAsync(cancellationToken);
        yield return ("vectors: bi-encoder", byVectors);
        Embedding<float> bare = (await generator.GenerateAsync([query], cancellationToken: cancellationToken))[0];
        yield return ("vectors: bi-encoder, queries without its prompt", await collection.SearchAsync(bare, Depth, cancellationToken: cancellationToken)
            .Select(found => found.Record.Key).ToArrayAsync(cancellationToken));
        string[] candidates = await collection.HybridSearchAsync(vector, [query], Depth, cancellationToken: cancellationToken)
            .Select(found => found.Record.Key).ToArrayAsync(cancellationToken);
        yield return ("hybrid: both, reciprocal rank fusion", candidates);
        RerankingResult reranked = await services.GetRequiredService<ITextReranker>()
            .RerankAsync(query, [.. candidates.Select(key => data.Corpus[key])], cancellationToken: cancellationToken);
        string[] order = [.. reranked.Select(document => candidates[document.Index])];
        yield return ("hybrid, reranked", order);
        yield return ("keywords, vectors and reranker, reciprocal rank fusion", RankFusion.ReciprocalRank([byWords, byVectors, order]).Select(found => found.Key));
    }
}
