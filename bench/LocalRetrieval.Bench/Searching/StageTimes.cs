using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Text;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Searching;

/// <summary>What each stage of a retrieval takes over collections of several sizes, and what the pipeline adds to its stages.</summary>
internal static class StageTimes
{
    private const int TimedQueries = 20;
    private const int OverheadQueries = 100;
    private const int Dimensions = 384;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", "scifact"));
        string[] texts = [.. data.Corpus.Values.SelectMany(document => document.Chunk(700).Select(chunk => new string(chunk)))];
        string[] queries = [.. data.Queries.Values.Take(OverheadQueries)];
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().AddLocalReranker().AddLocalVectorStore().BuildServiceProvider();
        StringBuilder stages = new("| passages | embed | vector | keyword | reranker | selection | the whole | the pipeline's own part |\n|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (int size in Sizes)
        {
            LocalVectorStoreCollection<string, Passage> collection = await FillAsync(services, texts, size, cancellationToken);
            (Dictionary<string, double> times, double whole) = await TimeAsync(services, collection, queries, cancellationToken);
            double overhead = await OverheadAsync(collection, queries, cancellationToken);
            string Time(string stage) => times[stage].ToString("F1", CultureInfo.InvariantCulture);
            stages.Append(CultureInfo.InvariantCulture, $"| {size:N0} | {Time("embed")} | {Time("vector")} | {Time("keyword")} | {Time("reranker")} | {Time("selection")} | {whole:F1} | {overhead:F2} ({overhead / whole:P1}) |\n");
            Console.Error.WriteLine(stages.ToString().TrimEnd().Split('\n')[^1]);
        }

        return FormattableString.Invariant($"""
            Medians in ms over {TimedQueries} questions of SciFact, by default settings: pieces of 700 characters of SciFact's documents, each as often as the size asks, with vectors of noise. The
            pipeline's own part is what a retrieval takes longer than the same calls of the store by hand, one after another, median of {OverheadQueries} questions turn by turn, with models
            that answer at once; the selection is in it; in brackets its share of the whole.

            {stages}
            """);
    }

    private static async Task<LocalVectorStoreCollection<string, Passage>> FillAsync(IServiceProvider services, string[] texts, int size, CancellationToken cancellationToken)
    {
        LocalVectorStoreCollection<string, Passage> collection = services.GetRequiredService<LocalVectorStore>()
            .GetCollection<string, Passage>($"{size}", Passage.CreateDefinition(Dimensions));
        await collection.EnsureCollectionExistsAsync(cancellationToken);
        Random random = new(1);
        IEnumerable<Passage> passages = Enumerable.Range(0, size).Select(index =>
            new Passage { Key = $"{index}", Source = $"{index}", Text = index < texts.Length ? texts[index] : $"{texts[index % texts.Length]} {index}", Vector = Noise(random) });
        foreach (Passage[] batch in passages.Chunk(10_000))
        {
            await collection.UpsertAsync(batch, cancellationToken);
        }

        return collection;
    }

    private static float[] Noise(Random random)
    {
        float[] vector = new float[Dimensions];
        for (int index = 0; index < vector.Length; index++)
        {
            vector[index] = random.NextSingle() - 0.5f;
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private static async Task<(Dictionary<string, double> Stages, double Whole)> TimeAsync(
        IServiceProvider services, LocalVectorStoreCollection<string, Passage> collection, string[] queries, CancellationToken cancellationToken)
    {
        PassageRetriever<string, Passage> retriever = new(
            collection, services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), services.GetRequiredService<ITextReranker>());
        await retriever.RetrieveAsync(queries[^1], cancellationToken: cancellationToken);
        List<(IReadOnlyList<StageTiming> Stages, double Whole)> measured = [];
        foreach (string query in queries.Take(TimedQueries))
        {
            long start = Stopwatch.GetTimestamp();
            RetrievalResult result = await retriever.RetrieveAsync(query, cancellationToken: cancellationToken);
            measured.Add((result.Timings, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }

        return (
            measured[0].Stages.ToDictionary(timing => timing.Stage, timing => Race.Median([.. measured.Select(one => one.Stages.First(other => other.Stage == timing.Stage).Elapsed.TotalMilliseconds)])),
            Race.Median([.. measured.Select(one => one.Whole)]));
    }

    /// <summary>The milliseconds that a retrieval takes longer than its calls of the store by hand.</summary>
    private static async Task<double> OverheadAsync(LocalVectorStoreCollection<string, Passage> collection, string[] queries, CancellationToken cancellationToken)
    {
        using InstantModels models = new(Noise(new Random(2)));
        PassageRetriever<string, Passage> retriever = new(collection, models, models);
        List<double> differences = [];
        foreach (string query in queries.Prepend(queries[^1]))
        {
            long start = Stopwatch.GetTimestamp();
            await retriever.RetrieveAsync(query, cancellationToken: cancellationToken);
            double whole = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            await CallStoreAsync(collection, models.Vector, query, cancellationToken);
            differences.Add(whole - Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Race.Median([.. differences.Skip(1)]);
    }

    /// <summary>What a retrieval asks of the store: both searches, and what each says of what the other found.</summary>
    private static async Task CallStoreAsync(LocalVectorStoreCollection<string, Passage> collection, float[] vector, string query, CancellationToken cancellationToken)
    {
        const int Candidates = 50;
        List<string> byVector = await collection.SearchAsync(new ReadOnlyMemory<float>(vector), Candidates, cancellationToken: cancellationToken).Select(found => found.Record.Key).ToListAsync(cancellationToken);
        List<string> byWords = await collection.KeywordSearchAsync(query, Candidates, cancellationToken: cancellationToken).Select(found => found.Record.Key).ToListAsync(cancellationToken);
        List<string> onlyByVector = [.. byVector.Except(byWords)];
        Expression<Func<Passage, bool>> others = passage => onlyByVector.Contains(passage.Key);
        await collection.GetAsync(byWords.Except(byVector), new RecordRetrievalOptions { IncludeVectors = true }, cancellationToken).CountAsync(cancellationToken);
        await collection.KeywordSearchAsync(query, Math.Max(1, onlyByVector.Count), new KeywordSearchOptions<Passage> { Filter = others }, cancellationToken).CountAsync(cancellationToken);
    }
}
