using System.Diagnostics;
using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>The embedded bi-encoder's tokenizer: tokens a second on one thread, and its share of the time of embedding the same texts.</summary>
internal static class TokenizerThroughput
{
    public static async Task<string> RunAsync(string[] texts, int rounds)
    {
        string model = LocalModels.BiEncoder.Locate();
        TokenizerOptions whole = new() { Truncation = TruncationOptions.None, Padding = PaddingOptions.None };
        Tokenizer tokenizer = Tokenizer.Load(model, whole);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model);
        await generator.GenerateAsync(texts.Take(50));
        int tokens = texts.Sum(text => tokenizer.CountTokens(text));
        List<(double Ids, double Offsets, double Embedding)> seconds = [];
        for (int round = 0; round < rounds; round++)
        {
            seconds.Add((
                Time(() => Array.ForEach(texts, text => tokenizer.EncodeToIds(text))),
                Time(() => Array.ForEach(texts, text => tokenizer.Encode(text))),
                await TimeAsync(() => generator.GenerateAsync(texts))));
        }

        double share = Median(seconds.Select(round => round.Ids / round.Embedding));
        return FormattableString.Invariant($"""
            | | tokens a second, one thread |
            |---|---:|
            | ids (what an encoder reads) | {tokens / Median(seconds.Select(round => round.Ids)):N0} |
            | ids, offsets, tokens and masks | {tokens / Median(seconds.Select(round => round.Offsets)):N0} |

            Tokenizing on one thread takes {share:P2} of the time of embedding the same texts.

            """);
    }

    private static double Time(Action action)
    {
        Stopwatch watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        Stopwatch watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
