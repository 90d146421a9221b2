using System.Diagnostics;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.LateInteraction;

/// <summary>Stored late interaction: what int8 and a first pass cost in quality, and what they save in memory and time.</summary>
internal static class LateInteractionQuality
{
    private const int Top = 10;
    private const string Exhaustive = "all compared, float32";

    // Of the encoder's 512: the data sets' abstracts mostly have fewer.
    private const int MostTokens = 256;

    private static readonly (string Name, MultiVectorOptions Options)[] Contenders =
    [
        (Exhaustive, new() { Quantization = MultiVectorQuantization.None }),
        ("all compared, int8", new()),
        ("pooled, 200 candidates", new() { FirstPass = MultiVectorFirstPass.Pooled }),
        ("pooled, 100 candidates", new() { FirstPass = MultiVectorFirstPass.Pooled, Candidates = 100 }),
        ("fixed-dimensional, 200 candidates", new() { FirstPass = MultiVectorFirstPass.FixedDimensional }),
        ("fixed-dimensional of 10 repetitions, 200 candidates", new() { FirstPass = MultiVectorFirstPass.FixedDimensional, FixedDimensional = new() { Repetitions = 10 } }),
        ("fixed-dimensional of 32 dimensions, 200 candidates", new() { FirstPass = MultiVectorFirstPass.FixedDimensional, FixedDimensional = new() { ProjectedDimensions = 32 } }),
    ];

    /// <param name="dataset">Which of the data sets.</param>
    /// <param name="most">How many documents are compared: those that are judged first.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public static async Task<string> RunAsync(string dataset, int most, CancellationToken cancellationToken)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", dataset));
        HashSet<string> judged = [.. data.Qrels.Values.SelectMany(judgements => judgements.Keys)];
        string[] ids = [.. data.Corpus.Keys.OrderByDescending(judged.Contains).Take(most)];
        string[] queries = [.. data.Queries.Keys];
        MultiVectorEmbedding[] documents;
        MultiVectorEmbedding[] asked;
        using (TokenStates states = new())
        {
            documents = states.Embed(Array.ConvertAll(ids, id => data.Corpus[id]), MostTokens);
            asked = states.Embed(Array.ConvertAll(queries, id => data.Queries[id]), MostTokens);
        }

        List<string> rows = [];
        Dictionary<string, string[]> best = [];
        foreach ((string name, MultiVectorOptions options) in Contenders)
        {
            Measured measured = await MeasureAsync(options, ids, documents, queries, asked, cancellationToken);
            best = name == Exhaustive ? measured.Found : best;
            double ndcg = queries.Average(query => Ndcg.At(Top, measured.Found[query], data.Qrels[query]));
            double kept = queries.Average(query => (double)measured.Found[query].Intersect(best[query]).Count() / best[query].Length);
            rows.Add(FormattableString.Invariant($"| {name} | {ndcg:F5} | {kept:F4} | {measured.Bytes / 1e6:N1} | {Race.Median(measured.Milliseconds):F2} | {ids.Length / measured.FillSeconds:N0} |"));
        }

        return FormattableString.Invariant($"""
            {ids.Length} documents of {documents.Average(document => document.Count):F0} vectors of {TokenStates.Dimensions} dimensions on average, {queries.Length} queries of {asked.Average(query => query.Count):F0}.

            | {dataset} | nDCG@10 | kept of the first 10 | MB of vectors | ms a query, median | documents a second, written |
            |---|---:|---:|---:|---:|---:|
            {string.Join('\n', rows)}

            {QueryError.Measure(documents, asked)}

            """);
    }

    private static async Task<Measured> MeasureAsync(
        MultiVectorOptions options, string[] ids, MultiVectorEmbedding[] documents, string[] queries, MultiVectorEmbedding[] asked, CancellationToken cancellationToken)
    {
        using LocalVectorStore store = new();
        VectorStoreCollectionDefinition definition = new() { Properties = [new VectorStoreVectorProperty(nameof(TokenRecord.Tokens), TokenStates.Dimensions).WithMultiVectors(options)] };
        var collection = store.GetCollection<string, TokenRecord>("documents", definition);
        await collection.EnsureCollectionExistsAsync(cancellationToken);
        Stopwatch filling = Stopwatch.StartNew();
        foreach ((string Id, MultiVectorEmbedding Tokens)[] batch in ids.Zip(documents).Chunk(64))
        {
            await collection.UpsertAsync(batch.Select(document => new TokenRecord { Id = document.Id, Tokens = document.Tokens }), cancellationToken);
        }

        double fillSeconds = filling.Elapsed.TotalSeconds;
        Dictionary<string, string[]> found = [];
        double[] milliseconds = new double[queries.Length];
        for (int i = 0; i < queries.Length; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            found[queries[i]] = await collection.SearchAsync(asked[i], Top, cancellationToken: cancellationToken).Select(result => result.Record.Id).ToArrayAsync(cancellationToken);
            milliseconds[i] = watch.Elapsed.TotalMilliseconds;
        }

        return new Measured(found, milliseconds, fillSeconds, (await store.GetStatisticsAsync("documents", cancellationToken)).VectorBytes);
    }

    private sealed record Measured(Dictionary<string, string[]> Found, double[] Milliseconds, double FillSeconds, long Bytes);
}
