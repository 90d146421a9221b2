using System.Globalization;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>What a process has of the machine's memory after some short passages and after more, beside one that has a bare session.</summary>
internal static class MemoryPart
{
    public const string Command = "passages-memory";

    private const int PassagesACall = 500;
    private const int MaxTokens = 256;
    private const double Megabyte = 1 << 20;

    /// <summary>In this process: embeds passages, and writes its memory after a fifth of a number, after that number, and after as many again.</summary>
    public static async Task EmbedAsync(string name, int passages, bool isBare)
    {
        string folder = BiEncoder.Folder(name);
        if (isBare)
        {
            using BareSession session = new(folder, threads: 1, spins: false);
            Tokenizer tokenizer = Tokenizer.Load(folder);
            await EmbedAsync(passages, texts => Task.Run(() => RunBare(session, tokenizer, texts)));
            return;
        }

        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder);
        await EmbedAsync(passages, texts => generator.GenerateAsync(texts, BiEncoder.Options(EmbeddingInputTypes.Document)));
    }

    public static async Task<EncoderPartResult> MeasureAsync(string name, EncoderWork work)
    {
        List<double[]> ours = [];
        List<double[]> bare = [];
        for (int process = 0; process < work.MemoryProcesses; process++)
        {
            ours.Add(await ReadAsync(Command, name, $"{work.MemoryPassages}"));
            bare.Add(await ReadAsync(Command, name, $"{work.MemoryPassages}", "--bare"));
        }

        string growth = FormattableString.Invariant($"memory after {work.MemoryPassages:N0} short passages; other: after {work.MemoryPassages / 5:N0}");
        string end = FormattableString.Invariant($"memory after {2 * work.MemoryPassages:N0} short passages; other: after {work.MemoryPassages:N0}");
        return new EncoderPartResult(
        [
            Growth(name, growth, ours, 0) with { Goal = Goal.AtMost(1.02) },
            Growth(name, end, ours, 1),
            Growth(name, $"a bare session's {growth}", bare, 0),
            Growth(name, $"a bare session's {end}", bare, 1),
        ]);
    }

    /// <summary>What the process has of the machine's memory once .NET has given back what it can: what is left is held.</summary>
    public static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }

    private static async Task EmbedAsync(int passages, Func<string[], Task> embed)
    {
        using IEnumerator<string[]> calls = EncoderWork.ShortPassages().Chunk(PassagesACall).GetEnumerator();
        int embedded = 0;
        foreach (int mark in (int[])[passages / 5, passages, 2 * passages])
        {
            for (; embedded < mark && calls.MoveNext(); embedded += calls.Current.Length)
            {
                await embed(calls.Current);
            }

            Console.WriteLine(ResidentBytes().ToString(CultureInfo.InvariantCulture));
        }
    }

    // As most would: by length, a run on each processor. What becomes of the output takes no memory that stays.
    private static void RunBare(BareSession session, Tokenizer tokenizer, string[] texts)
    {
        TwinSetup setup = new(Threads: 1, Environment.ProcessorCount, Tokens: 1024, Rows: 32, Spins: false);
        _ = new Twin(session, setup, (_, _, _) => [], Array.ConvertAll(texts, text => BareSession.Encode(tokenizer, text, null, MaxTokens))).Run();
    }

    private static async Task<double[]> ReadAsync(params string[] arguments)
    {
        using BenchProcess process = new(arguments);
        double[] bytes = new double[3];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = double.Parse(await process.ReadLineAsync(), CultureInfo.InvariantCulture);
        }

        return bytes;
    }

    // From one reading to the next.
    private static Measurement Growth(string name, string what, List<double[]> processes, int from) => new(name, what)
    {
        Ours = Megabytes(processes, from + 1),
        Other = Megabytes(processes, from),
        Compared = MedianInterval.Of(processes.Select(bytes => bytes[from + 1] / bytes[from])),
    };

    private static string Megabytes(List<double[]> processes, int reading) =>
        string.Create(CultureInfo.InvariantCulture, $"{MedianInterval.Of(processes.Select(bytes => bytes[reading])).Median / Megabyte:F1} MB");
}
