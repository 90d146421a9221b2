using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>Documents in one call while callers ask queries: what each does to the other.</summary>
internal static class MixPart
{
    /// <summary>Callers that asked without a pause would have most of the machine by themselves, as their priority says, and documents a fifth.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task<EncoderPartResult> MeasureAsync(BiEncoder model, EncoderWork work)
    {
        string[] documents = EncoderWork.DocumentTexts(work.Documents);
        string[] queries = EncoderWork.QueryTexts(work.MixedQueries);
        Func<string, Task> ask = text => model.Generator.GenerateAsync([text], BiEncoder.Options(EmbeddingInputTypes.Query));
        Func<Task> bulk = () => model.Generator.GenerateAsync(documents, BiEncoder.Options(EmbeddingInputTypes.Document));
        IReadOnlyList<Sample[]> rounds = await Interleaved.RunAsync(
            work.Rounds,
            async () => new Sample(await Interleaved.SecondsAsync(bulk), []),
            async () => new Sample(0, await Callers.RunAsync(work.MixedCallers, queries, ask, Pause)),
            async () =>
            {
                Task<double> embedding = Task.Run(() => Interleaved.SecondsAsync(bulk));
                double[] latencies = await Callers.RunAsync(work.MixedCallers, Callers.Until(embedding, queries), ask, Pause);
                return new Sample(await embedding, latencies);
            });
        return new EncoderPartResult(Rows(model.Name, work.MixedCallers, documents.Length, rounds[0], rounds[1], rounds[2]));
    }

    private static Measurement[] Rows(string model, int callers, int documents, Sample[] bulk, Sample[] asking, Sample[] mixed)
    {
        double[] alone = Array.ConvertAll(asking, round => round.P95);
        double[] beside = Array.ConvertAll(mixed, round => round.P95);
        return
        [
            new Measurement(model, $"documents in one call beside {callers} callers that pause for {Pause.TotalMilliseconds:F0} ms; other: alone")
            {
                Ours = Rate(documents, mixed),
                Other = Rate(documents, bulk),
                Compared = Measurement.Ratio(Array.ConvertAll(bulk, round => round.Seconds), Array.ConvertAll(mixed, round => round.Seconds)),
                Goal = Goal.AtLeast(.85),
            },
            new Measurement(model, $"{callers} callers beside documents, p95 beyond that alone, ms")
            {
                Ours = Measurement.Milliseconds(beside),
                Other = Measurement.Milliseconds(alone),
                Compared = Measurement.Difference(beside, alone),
                Goal = Goal.AtMost(50, " ms"),
            },
        ];
    }

    private static string Rate(int documents, Sample[] rounds) =>
        FormattableString.Invariant($"{documents / MedianInterval.Of(rounds.Select(round => round.Seconds)).Median:N1} texts/s");

    /// <param name="Seconds">What the documents took.</param>
    /// <param name="Latencies">What the queries took, in milliseconds.</param>
    private sealed record Sample(double Seconds, double[] Latencies)
    {
        public double P95 => Percentile.Of(Latencies, .95);
    }
}
