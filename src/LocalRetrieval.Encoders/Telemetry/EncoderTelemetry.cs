using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace LocalRetrieval.Encoders;

/// <summary>Tells meters what encoders run and what waits for them.</summary>
/// <remarks>Safe for concurrent use; next to nothing is done while nobody listens.</remarks>
internal static class EncoderTelemetry
{
    public const string MeterName = "LocalRetrieval.Encoders";
    public const string ModelTag = "gen_ai.request.model";

    private static readonly double[] Seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
    private static readonly Meter Meter = new(MeterName);

    // Weakly: who forgets to dispose of an encoder shall not keep it for ever.
    private static readonly ConditionalWeakTable<EncoderRuntime, object?> Runtimes = [];

    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>(
        "localretrieval.encoder.wait", "s", "Measures how long the texts of a call wait for their first run", advice: new() { HistogramBucketBoundaries = Seconds });

    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>(
        "localretrieval.encoder.run.duration", "s", "Measures the duration of a run", advice: new() { HistogramBucketBoundaries = Seconds });

    private static readonly Histogram<int> RunTexts = Meter.CreateHistogram<int>(
        "localretrieval.encoder.run.texts", "{text}", "Measures the texts that share a run", advice: new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    private static readonly Histogram<long> RunTokens = Meter.CreateHistogram<long>(
        "localretrieval.encoder.run.tokens", "{token}", "Measures the tokens of a run, without padding", advice: new() { HistogramBucketBoundaries = [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192] });

    private static readonly Histogram<double> RunPadding = Meter.CreateHistogram<double>(
        "localretrieval.encoder.run.padding", "1", "Measures the share of a run that is padding", advice: new() { HistogramBucketBoundaries = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75] });

    private static readonly Counter<double> Busy = Meter.CreateCounter<double>(
        "localretrieval.encoder.busy", "s", "Counts the time that slots were taken by runs; its rate over the number of slots is the busy share");

    static EncoderTelemetry()
    {
        Meter.CreateObservableGauge("localretrieval.encoder.slots", () => RunScheduler.Shared.Slots, "{run}", "Tells how many runs may go at once");
        Meter.CreateObservableUpDownCounter("localretrieval.encoder.queue.texts", Queues, "{text}", "Tells how many texts wait for an encoder or are being run");
    }

    /// <summary>Has the queue of an encoder told, until it is disposed.</summary>
    public static void Add(EncoderRuntime runtime) => Runtimes.Add(runtime, null);

    /// <summary>The opposite of <see cref="Add"/>.</summary>
    public static void Remove(EncoderRuntime runtime) => Runtimes.Remove(runtime);

    /// <summary>Tells how long a call waited for its first run.</summary>
    public static void Waited(string modelId, TimeSpan time)
    {
        if (!Wait.Enabled)
        {
            return;
        }

        try
        {
            Wait.Record(time.TotalSeconds, new KeyValuePair<string, object?>(ModelTag, modelId));
        }
        catch (Exception)
        {
            // A listener that throws is on the thread that runs: nobody's text shall fail for it, nor the process.
        }
    }

    /// <summary>Tells of a run.</summary>
    public static void Ran(QueuedRun run, TimeSpan took)
    {
        if (!IsRunTold)
        {
            return;
        }

        try
        {
            Record(run, took);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private static bool IsRunTold => RunDuration.Enabled || Busy.Enabled || AreRowsTold;

    private static bool AreRowsTold => RunTexts.Enabled || RunTokens.Enabled || RunPadding.Enabled;

    private static void Record(QueuedRun run, TimeSpan took)
    {
        KeyValuePair<string, object?> model = new(ModelTag, run.Target.ModelId);
        RunDuration.Record(took.TotalSeconds, model);
        Busy.Add(took.TotalSeconds * run.Slots, model);
        if (AreRowsTold)
        {
            long tokens = run.Tokens;
            RunTexts.Record(run.Count, model);
            RunTokens.Record(tokens, model);
            RunPadding.Record(1 - ((double)tokens / ((long)run.Count * run.Longest)), model);
        }
    }

    private static IEnumerable<Measurement<int>> Queues() => Runtimes.Select(entry => entry.Key).GroupBy(runtime => runtime.ModelId).Select(group =>
        new Measurement<int>(group.Sum(runtime => runtime.QueuedTexts), new KeyValuePair<string, object?>(ModelTag, group.Key)));
}
