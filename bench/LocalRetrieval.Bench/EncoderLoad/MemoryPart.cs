using System.Globalization;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Onnx;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>What a process has of the machine's memory after a fifth of many short passages, and after all.</summary>
internal static class MemoryPart
{
    public const string Command = "passages-memory";

    private const int PassagesACall = 500;
    private const double Megabyte = 1 << 20;

    /// <summary>In this process: embeds passages, and writes its memory twice.</summary>
    public static async Task EmbedAsync(string name, int passages)
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(BiEncoder.Folder(name));
        int embedded = 0;
        foreach (string[] call in EncoderWork.ShortPassages().Take(passages).Chunk(PassagesACall))
        {
            await generator.GenerateAsync(call, BiEncoder.Options(EmbeddingInputTypes.Document));
            int before = embedded;
            embedded += call.Length;
            if ((before < passages / 5 && embedded >= passages / 5) || embedded == passages)
            {
                Console.WriteLine(ResidentBytes().ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    public static async Task<EncoderPartResult> MeasureAsync(string name, EncoderWork work)
    {
        using BenchProcess process = new(Command, name, work.MemoryPassages.ToString(CultureInfo.InvariantCulture));
        double early = double.Parse(await process.ReadLineAsync(), CultureInfo.InvariantCulture);
        double late = double.Parse(await process.ReadLineAsync(), CultureInfo.InvariantCulture);
        return new EncoderPartResult(
        [
            new Measurement(name, FormattableString.Invariant($"memory after {work.MemoryPassages:N0} short passages; other: after {work.MemoryPassages / 5:N0}"))
            {
                Ours = FormattableString.Invariant($"{late / Megabyte:F1} MB"),
                Other = FormattableString.Invariant($"{early / Megabyte:F1} MB"),
                Compared = MedianInterval.Of([late / early]),
                Goal = Goal.AtMost(1.02),
            },
        ]);
    }

    /// <summary>What the process has of the machine's memory once .NET has given back what it can: what is left is held.</summary>
    public static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
