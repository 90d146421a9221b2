using System.Text.Json;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Quality;

/// <summary>nDCG@10 of the static model, of the bi-encoder, of the reranker and of both together, through the public API, beside the reference's figures.</summary>
internal static class RetrievalQuality
{
    // As goldens/embedded/retrieval.json states its own set-up.
    private const int Depth = 50;
    private const int PairTokens = 256;
    private const double StageTolerance = 0.004;
    private const double SumTolerance = 0.006;

    public static async Task<(string Table, bool Passed)> RunAsync(string dataset, CancellationToken cancellationToken)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", dataset));
        IServiceCollection encoders = new ServiceCollection().AddLocalEmbeddings().AddLocalReranker(options => options.MaxTokens = PairTokens);
        return Report(
            dataset,
            data,
            await RetrieveAsync(new ServiceCollection().AddLocalEmbeddings(options => options.Model = LocalModels.Static), dataset, data, cancellationToken),
            await RetrieveAsync(encoders, dataset, data, cancellationToken));
    }

    private static async Task<Dictionary<string, RetrievalResult>> RetrieveAsync(IServiceCollection models, string dataset, BeirDataset data, CancellationToken cancellationToken)
    {
        await using ServiceProvider services = models
            .AddLocalVectorStore()
            .AddPassageRetriever<string, Passage>(dataset, options => (options.Candidates, options.UseKeywords) = (Depth, false))
            .BuildServiceProvider();
        await BeirCollection.CreateAsync(services, dataset, data.Corpus, cancellationToken);
        Dictionary<string, RetrievalResult> results = [];
        IPassageRetriever retriever = services.GetRequiredService<IPassageRetriever>();
        foreach ((string id, string text) in data.Queries)
        {
            results.Add(id, await retriever.RetrieveAsync(text, new RetrievalOptions { Top = Depth }, cancellationToken));
        }

        return results;
    }

    private static (string Table, bool Passed) Report(
        string dataset, BeirDataset data, Dictionary<string, RetrievalResult> ofStaticModel, Dictionary<string, RetrievalResult> ofEncoders)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(BenchData.Shared("goldens", "embedded", "retrieval.json")));
        JsonElement expected = golden.RootElement.GetProperty("sets").GetProperty(dataset);
        (string Name, string Golden, double Tolerance, Dictionary<string, RetrievalResult> Results, Func<RetrievedPassage, int> Rank)[] orders =
        [
            ("static model", "static_ndcg10", StageTolerance, ofStaticModel, passage => passage.Rank),
            ("bi-encoder", "bi_encoder_ndcg10", StageTolerance, ofEncoders, passage => passage.Stage(RetrievalStage.Vector)!.Value.Rank),
            ("reranker alone", "reranked_ndcg10", StageTolerance, ofEncoders, passage => passage.Stage(RetrievalStage.Reranker)!.Value.Rank),
            ("both, standard scores", "blended_ndcg10", SumTolerance, ofEncoders, passage => passage.Rank),
        ];
        bool passed = true;
        List<string> rows = [];
        foreach ((string name, string field, double tolerance, Dictionary<string, RetrievalResult> results, Func<RetrievedPassage, int> rank) in orders)
        {
            double actual = results.Average(result => Ndcg.At(10, result.Value.Candidates.OrderBy(rank).Select(passage => passage.Key), data.Qrels[result.Key]));
            double reference = expected.GetProperty(field).GetDouble();
            passed &= Math.Abs(actual - reference) <= tolerance;
            rows.Add(FormattableString.Invariant($"| {name} | {actual:F5} | {reference:F5} | {actual - reference:+0.00000;-0.00000} |"));
        }

        string table = FormattableString.Invariant($"""
            {data.Corpus.Count:N0} documents, {data.Queries.Count} queries, {Depth} candidates, document = title + ' ' + text, pairs cut at {PairTokens} tokens.

            | {dataset}, nDCG@10 | LocalRetrieval | Python reference | difference |
            |---|---:|---:|---:|
            {string.Join('\n', rows)}

            """);
        return (table, passed);
    }
}
