using LocalRetrieval.Bench.Data;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Quality;

/// <summary>What selection costs in nDCG@10 and in time: duplicates at several thresholds, marginal relevance at several λ, over vectors and words.</summary>
internal static class SelectionQuality
{
    private static readonly (string Name, SelectionOptions Options)[] Selections =
    [
        ("nothing left out", new() { DropDuplicates = false }),
        ("equal texts left out", new() { DuplicateSimilarity = null }),
        ("cosine of 0.98 too, the default", new()),
        ("cosine of 0.95", new() { DuplicateSimilarity = 0.95 }),
        ("cosine of 0.9", new() { DuplicateSimilarity = 0.9 }),
        ("marginal relevance, λ = 0.9", new() { MmrLambda = 0.9 }),
        ("marginal relevance, λ = 0.7", new() { MmrLambda = 0.7 }),
        ("marginal relevance, λ = 0.5", new() { MmrLambda = 0.5 }),
    ];

    public static async Task<string> RunAsync(string dataset, LocalModel model, CancellationToken cancellationToken)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", dataset));
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(options => options.Model = model)
            .AddLocalVectorStore()
            .AddPassageRetriever<string, Passage>(dataset)
            .BuildServiceProvider();
        await BeirCollection.CreateAsync(services, dataset, data.Corpus, cancellationToken);
        IPassageRetriever retriever = services.GetRequiredService<IPassageRetriever>();
        List<string> rows = [];
        foreach ((string name, SelectionOptions options) in Selections)
        {
            rows.Add(await RowAsync(name, options, retriever, data, cancellationToken));
        }

        return $"""
            | {dataset}, {model.Name} | nDCG@10 | left out, a query | selection at Top = 5, median ms | 99 % |
            |---|---:|---:|---:|---:|
            {string.Join('\n', rows)}

            """;
    }

    private static async Task<string> RowAsync(string name, SelectionOptions options, IPassageRetriever retriever, BeirDataset data, CancellationToken cancellationToken)
    {
        double ndcg = 0;
        int omitted = 0;
        List<double> times = [];
        foreach ((string id, string text) in data.Queries)
        {
            RetrievalResult ten = await retriever.RetrieveAsync(text, new RetrievalOptions { Top = 10, Selection = options }, cancellationToken);
            ndcg += Ndcg.At(10, ten.Passages.Select(passage => passage.Key), data.Qrels[id]);
            omitted += ten.Passages.Sum(passage => passage.AlsoIn.Count);
            RetrievalResult five = await retriever.RetrieveAsync(text, new RetrievalOptions { Top = 5, Selection = options }, cancellationToken);
            times.Add(five.Timings.Single(timing => timing.Stage == RetrievalStage.Selection).Elapsed.TotalMilliseconds);
        }

        times.Sort();
        int count = data.Queries.Count;
        return FormattableString.Invariant($"| {name} | {ndcg / count:F5} | {(double)omitted / count:F2} | {times[count / 2]:F3} | {times[count * 99 / 100]:F3} |");
    }
}
