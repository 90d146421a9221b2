using System.Diagnostics;
using System.Globalization;
using System.Text;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Quality;

/// <summary>nDCG@10 of the pipeline by default, of each of its stages, and over the number of candidates that are reranked, with their time.</summary>
internal static class StagesQuality
{
    private const int TimedQueries = 5;

    private static readonly int[] Numbers = [10, 20, 30, 50, 100];

    public static async Task<string> RunAsync(string dataset, CancellationToken cancellationToken)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", dataset));
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().AddLocalReranker().AddLocalVectorStore().BuildServiceProvider();
        using RememberingGenerator generator = new(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        LocalVectorStoreCollection<string, Passage> collection = await BeirCollection.CreateAsync(services, generator, dataset, data.Corpus, cancellationToken);
        ITextReranker plain = services.GetRequiredService<ITextReranker>();
        using RememberingReranker remembering = new(plain);
        PassageRetriever<string, Passage> Retriever(ITextReranker? reranker, Action<PassageRetrieverOptions<Passage>> configure)
        {
            PassageRetrieverOptions<Passage> options = new() { Top = 10 };
            configure(options);
            return new PassageRetriever<string, Passage>(collection, generator, reranker, options);
        }

        StringBuilder table = new($"| {dataset}, nDCG@10 | |\n|---|---:|\n");
        (string Name, PassageRetriever<string, Passage> Retriever)[] pipelines =
        [
            ("vectors alone", Retriever(null, options => options.UseKeywords = false)),
            ("words alone", Retriever(null, options => options.OrderStage = RetrievalStage.Keyword)),
            ("reranker alone, over the candidates of both", Retriever(remembering, options => options.OrderStage = RetrievalStage.Reranker)),
            ("vectors and words", Retriever(null, _ => { })),
            ("vectors and words by reciprocal ranks", Retriever(null, options => options.Order = FinalOrder.ReciprocalRanks)),
            ("vectors and reranker", Retriever(remembering, options => options.UseKeywords = false)),
            ("all three by reciprocal ranks", Retriever(remembering, options => options.Order = FinalOrder.ReciprocalRanks)),
            ("all three, 30 candidates of each, all reranked (as the reference)", Retriever(remembering, options => (options.Candidates, options.Reranked) = (30, 60))),
            ("**all three, the default**", Retriever(remembering, _ => { })),
        ];
        foreach ((string name, PassageRetriever<string, Passage> retriever) in pipelines)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {await MeanAsync(retriever, data, cancellationToken):F5} |\n");
            Console.Error.WriteLine(table.ToString().TrimEnd().Split('\n')[^1]);
        }

        table.Append("\n| reranked | nDCG@10 | stopping early | ms a query, median | stopping early |\n|---:|---:|---:|---:|---:|\n");
        foreach (int number in Numbers)
        {
            double quality = await MeanAsync(Retriever(remembering, options => options.Reranked = number), data, cancellationToken);
            double early = await MeanAsync(Retriever(remembering, options => (options.Reranked, options.StopRerankingEarly) = (number, true)), data, cancellationToken);
            double time = await MedianAsync(Retriever(plain, options => options.Reranked = number), data, cancellationToken);
            double earlyTime = await MedianAsync(Retriever(plain, options => (options.Reranked, options.StopRerankingEarly) = (number, true)), data, cancellationToken);
            table.Append(CultureInfo.InvariantCulture, $"| {number} | {quality:F5} | {early:F5} | {time:F1} | {earlyTime:F1} |\n");
            Console.Error.WriteLine(table.ToString().TrimEnd().Split('\n')[^1]);
        }

        return table.ToString();
    }

    private static async Task<double> MeanAsync(PassageRetriever<string, Passage> retriever, BeirDataset data, CancellationToken cancellationToken)
    {
        double sum = 0;
        Lock adding = new();
        await Parallel.ForEachAsync(data.Queries, cancellationToken, async (query, token) =>
        {
            RetrievalResult<Passage> result = await retriever.RetrieveAsync(query.Value, cancellationToken: token);
            double gain = Ndcg.At(10, result.Passages.Select(passage => passage.Key), data.Qrels[query.Key]);
            lock (adding)
            {
                sum += gain;
            }
        });
        return sum / data.Queries.Count;
    }

    private static async Task<double> MedianAsync(PassageRetriever<string, Passage> retriever, BeirDataset data, CancellationToken cancellationToken)
    {
        List<double> times = [];
        foreach (string text in data.Queries.Values.Take(TimedQueries))
        {
            long start = Stopwatch.GetTimestamp();
            await retriever.RetrieveAsync(text, cancellationToken: cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Race.Median([.. times]);
    }
}
