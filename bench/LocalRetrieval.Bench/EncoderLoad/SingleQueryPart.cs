using System.Diagnostics;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>Queries one after another, nothing else under way: what a person waits for.</summary>
internal static class SingleQueryPart
{
    private const int Sampled = 4;

    public static async Task<EncoderPartResult> MeasureAsync(BiEncoder model, EncoderWork work)
    {
        string[] texts = EncoderWork.QueryTexts(work.SingleQueries);
        (int[] Ids, int[] TypeIds)[][] requests = [.. model.Rows(texts, EmbeddingInputTypes.Query).Select(row => new[] { row })];
        TwinPair twins = TwinPair.Find(model.Search, [.. requests.Where((_, request) => request % Sampled == 0)], requests);
        await model.CheckAsync(texts, EmbeddingInputTypes.Query, twins.Waiting);
        IReadOnlyList<double[][]> rounds = await Interleaved.RunAsync(
            work.Rounds,
            () => Callers.RunAsync(1, texts, text => model.Generator.GenerateAsync([text], BiEncoder.Options(EmbeddingInputTypes.Query))),
            () => Task.FromResult(Latencies(twins.Waiting)),
            () => Task.FromResult(Latencies(twins.Spinning)));
        return new EncoderPartResult(Rows(model.Name, rounds), twins.Describe($"{model.Name}, one query alone"));
    }

    private static Measurement[] Rows(string model, IReadOnlyList<double[][]> rounds)
    {
        double[][] p50 = [.. rounds.Select(contender => Array.ConvertAll(contender, round => Percentile.Of(round, .5)))];
        double[][] p95 = [.. rounds.Select(contender => Array.ConvertAll(contender, round => Percentile.Of(round, .95)))];
        return
        [
            Measurement.Latency(model, "one query alone, p50", Goal.AtMost(1.06), p50[0], p50[1], p50[2]),
            Measurement.Latency(model, "one query alone, p95 (this or the next row)", Goal.AtMost(1.15), p95[0], p95[1], p95[2]),
            new Measurement(model, "one query alone, p95 beyond the other's, ms")
            {
                Ours = Measurement.Milliseconds(p95[0]),
                Other = Measurement.Milliseconds(p95[1]),
                Compared = Measurement.Difference(p95[0], p95[1]),
                Goal = Goal.AtMost(.3, " ms"),
                Spinning = Measurement.Difference(p95[0], p95[2]),
            },
        ];
    }

    private static double[] Latencies(Twin[] twins) => Array.ConvertAll(twins, twin =>
    {
        long start = Stopwatch.GetTimestamp();
        twin.Run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });
}
