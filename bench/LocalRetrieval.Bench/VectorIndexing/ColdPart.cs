using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.StoreOnDisk;
using LocalRetrieval.VectorData;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>The first questions after a start: the codes are in memory, and nothing of the file that the whole vectors are in.</summary>
internal static class ColdPart
{
    private const int Questions = 50;

    public static IReadOnlyList<StoreMeasurement> Measure(IndexVectors vectors)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("Nothing is measured from a cold map: only Linux has been taught to forget a file.");
            return [];
        }

        using MappedVectors file = new(vectors);
        return [Measure(vectors, file, VectorQuantization.Int8, .99), Measure(vectors, file, VectorQuantization.Binary, .95)];
    }

    private static StoreMeasurement Measure(IndexVectors vectors, MappedVectors file, VectorQuantization quantization, double recall)
    {
        CodeIndex index = CodePart.Build(vectors, quantization, recall);
        AskWarm(vectors, index, file);
        double[] cold = Ask(vectors, index, file.MapCold(), out double read);
        double[] warm = AskWarm(vectors, index, file);
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"{vectors.Count:N0} rows, {quantization} for a recall of {recall}, the first {Questions} questions from a cold map, median, which had the disk read {read:N1} MB each; other: the same from a warm one");
        return StoreMeasurement.Time(what, cold, warm) with { Compared = MedianInterval.Of([MedianInterval.Of(cold).Median / MedianInterval.Of(warm).Median]) };
    }

    // No frame that stays may know of the map: what is mapped stays in the cache.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double[] AskWarm(IndexVectors vectors, CodeIndex index, MappedVectors file) => Ask(vectors, index, file.Map(), out _);

    private static double[] Ask(IndexVectors vectors, CodeIndex index, RowBlock[] blocks, out double megabytes)
    {
        long? before = MappedVectors.BytesRead;
        double[] milliseconds = [.. vectors.Questions.Take(Questions).Select(question => Ask(vectors, index, blocks, question))];
        megabytes = before is { } bytes ? (MappedVectors.BytesRead!.Value - bytes) / 1e6 / Questions : double.NaN;
        return milliseconds;
    }

    private static double Ask(IndexVectors vectors, CodeIndex index, RowBlock[] blocks, float[] question)
    {
        long start = Stopwatch.GetTimestamp();
        index.Search(CodePart.Ask(vectors, blocks, question), CancellationToken.None);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
