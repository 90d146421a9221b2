using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>The speed of a bi-encoder over many texts, in one call or from many callers, beside a bare session that knows all of them beforehand.</summary>
internal static class SpeedPart
{
    // All setups of the twin read so much of the texts.
    private const int Sampled = 4;

    /// <summary>Documents in one call.</summary>
    public static async Task<EncoderPartResult> DocumentsAsync(BiEncoder model, EncoderWork work)
    {
        string[] texts = EncoderWork.DocumentTexts(work.Documents);
        (Measurement row, string setups) = await RaceAsync(model, work, texts, EmbeddingInputTypes.Document, $"{texts.Length} documents in one call", Goal.AtLeast(.98),
            () => model.Generator.GenerateAsync(texts, BiEncoder.Options(EmbeddingInputTypes.Document)));
        return new EncoderPartResult([row], setups);
    }

    /// <summary>Callers of single queries.</summary>
    public static async Task<EncoderPartResult> CallersAsync(BiEncoder model, EncoderWork work)
    {
        string[] texts = EncoderWork.QueryTexts(work.Queries);
        List<double[]> latencies = [];
        string what = $"{work.Callers} callers of single queries";
        (Measurement row, string setups) = await RaceAsync(model, work, texts, EmbeddingInputTypes.Query, what, Goal.AtLeast(.95), async () =>
            latencies.Add(await Callers.RunAsync(work.Callers, texts, text => model.Generator.GenerateAsync([text], BiEncoder.Options(EmbeddingInputTypes.Query)))));

        // The first round warms up.
        Measurement At(string name, double fraction) =>
            new(model.Name, $"{what}, {name} of an answer") { Ours = Measurement.Milliseconds(latencies.Skip(1).Select(round => Percentile.Of(round, fraction))) };
        return new EncoderPartResult([row, At("p50", .5), At("p95", .95)], setups);
    }

    private static async Task<(Measurement Row, string Setups)> RaceAsync(
        BiEncoder model, EncoderWork work, string[] texts, string role, string what, Goal goal, Func<Task> ours)
    {
        (int[] Ids, int[] TypeIds)[] rows = model.Rows(texts, role);
        TwinPair twins = TwinPair.Find(model.Search, [[.. rows.Where((_, row) => row % Sampled == 0)]], [rows]);
        await model.CheckAsync(texts, role, twins.Waiting);
        IReadOnlyList<double[]> seconds = await Interleaved.RunAsync(
            work.Rounds, () => Interleaved.SecondsAsync(ours), () => Interleaved.SecondsAsync(() => TwinSearch.Run(twins.Waiting)), () => Interleaved.SecondsAsync(() => TwinSearch.Run(twins.Spinning)));
        return (Measurement.Speed(model.Name, what, texts.Length, "texts", goal, seconds), twins.Describe($"{model.Name}, {what}"));
    }
}
