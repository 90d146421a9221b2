using System.Globalization;
using System.Text;
using System.Text.Json;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Quality;

/// <summary>Fits the relevance models of the embedded encoders on one corpus, and measures them on another.</summary>
internal static class RelevanceQuality
{
    private const int Top = 10;
    private const int Reranked = 20;

    // As long as passages are by default, question included: of longer texts, which these sets have, the logits tell less.
    private const int PairTokens = 256;
    private const double Kept = 0.95;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    private static readonly (string Name, bool UsesKeywords, bool Reranks)[] StageLists =
    [
        ("vector", false, false), ("vector, keyword", true, false), ("vector, reranker", false, true), ("vector, keyword, reranker", true, true),
    ];

    /// <returns>The report, and the fitted models.</returns>
    public static async Task<(string Report, IReadOnlyList<RelevanceModel> Models)> RunAsync(CancellationToken cancellationToken)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().AddLocalReranker(options => options.MaxTokens = PairTokens).AddLocalVectorStore().BuildServiceProvider();
        using RememberingGenerator generator = new(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        using RememberingReranker reranker = new(services.GetRequiredService<ITextReranker>());
        RelevanceSet training = RelevanceSet.Read("scifact", "scifact-train", "train.csv");
        RelevanceSet held = RelevanceSet.Read("cranfield", "cranfield", "test.csv");
        LocalVectorStoreCollection<string, Passage> trainingCollection = await BeirCollection.CreateAsync(services, generator, "training", training.Corpus, cancellationToken);
        LocalVectorStoreCollection<string, Passage> heldCollection = await BeirCollection.CreateAsync(services, generator, "held", held.Corpus, cancellationToken);
        List<RelevanceModel> models = [];
        StringBuilder table = new();
        table.Append("| stages | Brier score | of the base rate | of the reranker's sigmoid | unanswerable questions refused, 95 % of the others kept | threshold | probability > 0.5, of which relevant |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach ((string name, bool usesKeywords, bool reranks) in StageLists)
        {
            PassageRetriever<string, Passage> Retriever(LocalVectorStoreCollection<string, Passage> collection, RelevanceModel? model) =>
                new(collection, generator, reranks ? reranker : null, new() { Top = Top, Reranked = Reranked, UseKeywords = usesKeywords, RelevanceModel = model });

            RelevanceModel model = await Retriever(trainingCollection, model: null).FitRelevanceAsync(training.Judgements, cancellationToken: cancellationToken);
            models.Add(model);
            PassageRetriever<string, Passage> retriever = Retriever(heldCollection, model);
            (RetrievalResult Result, RelevanceJudgement Judgement)[] results = new (RetrievalResult, RelevanceJudgement)[held.Judgements.Count];
            await Parallel.ForAsync(0, results.Length, cancellationToken, async (index, token) =>
                results[index] = (await retriever.RetrieveAsync(held.Judgements[index].Query, cancellationToken: token), held.Judgements[index]));

            table.Append(CultureInfo.InvariantCulture, $"| {name} | {Row(results)} |\n");
            Console.Error.WriteLine(table.ToString().TrimEnd().Split('\n')[^1]);
        }

        string report = FormattableString.Invariant($"""
            Fitted on {training.Judgements.Count:N0} questions over SciFact ({training.Unanswerable:N0} of them of BANKING77, which nothing there answers), tested on {held.Judgements.Count:N0}
            over Cranfield ({held.Unanswerable:N0} of BANKING77), the first {Top} passages of each, {Reranked} reranked, pairs cut at {PairTokens} tokens.

            {table}
            """);
        return (report, models);
    }

    public static void Write(IReadOnlyList<RelevanceModel> models, string path) =>
        File.WriteAllText(path, JsonSerializer.Serialize(models, Json) + "\n");

    private static string Row(IReadOnlyList<(RetrievalResult Result, RelevanceJudgement Judgement)> results)
    {
        (double Probability, double? Sigmoid, bool Answers)[] passages = [.. results.SelectMany(pair => pair.Result.Passages.Select(passage => (
            passage.Relevance!.Value,
            passage.Stage(RetrievalStage.Reranker) is { } logit ? 1 / (1 + Math.Exp(-logit.Score)) : (double?)null,
            pair.Judgement.RelevantKeys.Contains(passage.Key))))];
        double rate = passages.Average(passage => passage.Answers ? 1.0 : 0);
        double Brier(Func<(double Probability, double? Sigmoid, bool Answers), double> predict) => passages.Average(passage => Math.Pow(predict(passage) - (passage.Answers ? 1 : 0), 2));

        double[] answerable = [.. Best(results, answerable: true).Order()];
        double threshold = answerable[(int)Math.Floor((1 - Kept) * answerable.Length)];
        double refused = Best(results, answerable: false).Average(best => best < threshold ? 1.0 : 0);
        (double Probability, double? Sigmoid, bool Answers)[] likely = [.. passages.Where(passage => passage.Probability > 0.5)];
        string sigmoid = passages[0].Sigmoid is null ? "" : Brier(passage => passage.Sigmoid!.Value).ToString("F4", CultureInfo.InvariantCulture);
        string likelyAnswers = likely.Length == 0 ? "none" : FormattableString.Invariant($"{likely.Length}, {likely.Average(passage => passage.Answers ? 1.0 : 0):P0}");
        return FormattableString.Invariant($"{Brier(passage => passage.Probability):F4} | {Brier(_ => rate):F4} | {sigmoid} | {refused:P1} | {threshold:F3} | {likelyAnswers}");
    }

    private static IEnumerable<double> Best(IReadOnlyList<(RetrievalResult Result, RelevanceJudgement Judgement)> results, bool answerable) => results
        .Where(pair => pair.Judgement.RelevantKeys.Count > 0 == answerable)
        .Select(pair => pair.Result.Passages.Max(passage => passage.Relevance) ?? 0);
}
