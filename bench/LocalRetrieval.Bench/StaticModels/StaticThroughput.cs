using System.Text.Json;
using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Peers;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Static;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.StaticModels;

/// <summary>The embedded static model over SciFact: texts a second, beside the same arithmetic in Node.</summary>
internal static class StaticThroughput
{
    private const int Documents = 2000;

    // One pass of ours takes some tens of milliseconds, one of the others' seconds.
    private const int Passes = 5;

    // Rounding: both add 512 integers in float32 at most.
    private const double Tolerance = 1e-5;

    public static async Task<string> RunAsync(int rounds)
    {
        NodePeer.Install();
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", "scifact"));
        return $"""
            ## Embedding documents

            {await RaceAsync([.. data.Corpus.Values.Take(Documents)], rounds)}
            ## Embedding queries

            {await RaceAsync([.. data.Queries.Values], rounds)}
            """;
    }

    private static async Task<string> RaceAsync(string[] texts, int rounds)
    {
        string folder = LocalModels.Static.Locate();
        string textsFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(textsFile, JsonSerializer.Serialize(texts));
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(folder);
        using StaticEmbeddingGenerator oneThread = StaticEmbeddingGenerator.Load(folder, new StaticEmbeddingGeneratorOptions { Threads = 1 });
        using NodePeer rust = NodePeer.Start("embed.mjs", "rust", isParallel: false);
        using NodePeer parallelRust = NodePeer.Start("embed.mjs", "rust", isParallel: true);
        using NodePeer javaScript = NodePeer.Start("embed.mjs", "js", isParallel: false);
        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(texts);
        JsonObject load = new() { ["load"] = folder, ["texts"] = textsFile };
        int rustDifferences = Differences(vectors, await rust.AskAsync(load));
        int javaScriptDifferences = Differences(vectors, await javaScript.AskAsync(load));
        await parallelRust.AskAsync(load);
        File.Delete(textsFile);
        Contender[] contenders =
        [
            new("LocalRetrieval, one call", () => generator.GenerateAsync(texts), Passes),
            new("LocalRetrieval, one call, one thread", () => oneThread.GenerateAsync(texts), Passes),
            new("LocalRetrieval, one text a call", () => OneTextACall(generator, texts), Passes),
            new("Node, Rust tokenizer, one batch, all cores", () => parallelRust.AskAsync(Run("batch"))),
            new("Node, Rust tokenizer, one batch", () => rust.AskAsync(Run("batch"))),
            new("Node, JavaScript tokenizer", () => javaScript.AskAsync(Run("one"))),
        ];
        string table = Race.Table("texts", texts.Length, contenders, await Race.RunAsync(contenders, rounds));
        return FormattableString.Invariant($"""
            {texts.Length} texts of SciFact, {(double)vectors.Usage!.InputTokenCount! / texts.Length:F0} tokens each on average, {rounds} rounds. In Node: a tokenizer library (tokenizers 0.23.2 or @huggingface/tokenizers 0.2.0) and the mean over a Float32Array; {rustDifferences} and {javaScriptDifferences} texts have other vectors there.

            {table}
            """);
    }

    private static JsonObject Run(string mode) => new() { ["run"] = mode };

    private static async Task OneTextACall(StaticEmbeddingGenerator generator, string[] texts)
    {
        foreach (string text in texts)
        {
            await generator.GenerateAsync([text]);
        }
    }

    private static int Differences(GeneratedEmbeddings<Embedding<float>> expected, JsonObject answer) =>
        expected.Zip(answer["vectors"].Deserialize<float[][]>()!)
            .Count(pair => pair.First.Vector.ToArray().Zip(pair.Second).Any(values => Math.Abs(values.First - values.Second) > Tolerance));
}
