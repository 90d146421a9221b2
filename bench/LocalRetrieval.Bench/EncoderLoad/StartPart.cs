using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Onnx;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>From the start of a process to its first vector, beside one that has a bare session and token ids.</summary>
internal static class StartPart
{
    public const string Command = "first-vector";

    private const string Text = "a first text";

    /// <summary>In this process: loads, embeds a text, and writes a line.</summary>
    public static async Task EmbedAsync(string name, bool isBare)
    {
        string folder = BiEncoder.Folder(name);
        using IDisposable loaded = isBare ? RunBare(folder) : await RunAsync(folder);
        Console.WriteLine("embedded");
    }

    public static async Task<EncoderPartResult> MeasureAsync(string name, EncoderWork work)
    {
        double first = await StartAsync(name, isBare: false);
        IReadOnlyList<double[]> warm = await Interleaved.RunAsync(work.Starts, () => StartAsync(name, isBare: false), () => StartAsync(name, isBare: true));
        return new EncoderPartResult(
        [
            new Measurement(name, "start to first vector, first process (the system's cache is left as it is)") { Ours = Measurement.Milliseconds([first]) },
            new Measurement(name, $"start to first vector, median of {work.Starts} later processes")
            {
                Ours = Measurement.Milliseconds(warm[0]),
                Other = Measurement.Milliseconds(warm[1]),
                Compared = Measurement.Ratio(warm[0], warm[1]),
            },
        ]);
    }

    private static async Task<double> StartAsync(string name, bool isBare)
    {
        using BenchProcess process = new([Command, name, .. isBare ? ["--bare"] : Array.Empty<string>()]);
        await process.ReadLineAsync();
        return process.Age.TotalMilliseconds;
    }

    private static async Task<IDisposable> RunAsync(string folder)
    {
        OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder);
        await generator.GenerateAsync([Text]);
        return generator;
    }

    // The ids of [CLS], three words and [SEP], which need no tokenizer.
    private static BareSession RunBare(string folder)
    {
        BareSession session = new(folder, spins: false);
        session.Run(BareSession.Build([([101, 1037, 2034, 3793, 102], [0, 0, 0, 0, 0])])).Dispose();
        return session;
    }
}
