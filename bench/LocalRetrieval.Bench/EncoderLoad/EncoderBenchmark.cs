using System.Globalization;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>Encoders under load, beside a bare session that knows all beforehand and is run in the best way that a search finds.</summary>
internal static class EncoderBenchmark
{
    private static readonly (string Name, Func<string, EncoderWork, Task<EncoderPartResult>> Measure)[] Parts =
    [
        // First, while the graphs' files were not read by this run.
        ("start", StartPart.MeasureAsync),
        ("documents", (name, work) => WithModelAsync(name, work, SpeedPart.DocumentsAsync)),
        ("callers", (name, work) => WithModelAsync(name, work, SpeedPart.CallersAsync)),
        ("query", (name, work) => WithModelAsync(name, work, SingleQueryPart.MeasureAsync)),
        ("reranking", RerankingPart.MeasureAsync),
        ("mix", (name, work) => WithModelAsync(name, work, MixPart.MeasureAsync)),
        ("http", HttpPart.MeasureAsync),
        ("memory", MemoryPart.MeasureAsync),
    ];

    /// <summary>The parts' names.</summary>
    public static string[] PartNames => Array.ConvertAll(Parts, part => part.Name);

    /// <param name="work">How much is measured.</param>
    /// <param name="only">The only part that is; null for all.</param>
    /// <param name="report">Told what is known after each part and model: all takes long, and may be ended before.</param>
    /// <param name="cancellationToken">Ends the work between parts.</param>
    public static async Task RunAsync(EncoderWork work, string? only, Action<string> report, CancellationToken cancellationToken)
    {
        List<EncoderPartResult> results = [];
        foreach ((string part, Func<string, EncoderWork, Task<EncoderPartResult>> measure) in Parts.Where(part => only is null || part.Name == only))
        {
            foreach (string model in BiEncoder.Names)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double seconds = await Interleaved.SecondsAsync(async () => results.Add(await measure(model, work)));
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"{part}, {model}: {seconds:F0} s\n{string.Join('\n', results[^1].Rows.Select(row => row.Row))}"));
                report(Report(work, results));
            }
        }
    }

    private static string Report(EncoderWork work, List<EncoderPartResult> results) => $"""
        int8: the embedded bi-encoder and cross-encoder. float32: all-MiniLM-L6-v2; no cross-encoder of that size is at hand in float32.
        The other is, unless a row says otherwise, ONNX Runtime's session alone: token ids and tensors of all texts built beforehand, sorted by length, its threads
        not spinning, in the fastest of {TwinSetup.All(spins: false).Count() / work.SetupStride} setups of threads, runs at once, rows and tokens a run, its output pooled and normalised to the same vectors. The last column holds
        ours against the fastest of those whose threads spin.

        Medians of {work.Rounds} rounds in turn. Of what is compared, each round's ratio or difference, the median and in parentheses an interval that holds the true one with
        {Coverage(work.Rounds)} (order statistics). Speeds are compared as ours divided by the other's, times likewise. "Reached" is "open" where the goal lies within the interval.

        {Measurement.Heading}
        {string.Join('\n', results.SelectMany(result => result.Rows).Select(row => row.Row))}

        {Setups([.. results.Select(result => result.Setups).Where(setups => setups.Length > 0)])}
        """;

    private static string Setups(string[] setups) => setups.Length == 0 ? "" : $"How the bare sessions were run:\n\n{string.Join('\n', setups)}";

    private static string Coverage(int rounds) =>
        string.Create(CultureInfo.InvariantCulture, $"a probability of {MedianInterval.Of(new double[rounds]).Coverage:P1}");

    // A model for each part: what one left behind in a session is not what the next one measures.
    private static async Task<EncoderPartResult> WithModelAsync(string name, EncoderWork work, Func<BiEncoder, EncoderWork, Task<EncoderPartResult>> measure)
    {
        using BiEncoder model = BiEncoder.Load(name, work.SetupStride);
        return await measure(model, work);
    }
}
