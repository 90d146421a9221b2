using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.StoreOnDisk;
using LocalRetrieval.VectorData;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>Building, memory, and questions a second at a recall, beside USearch.</summary>
internal static class SpeedPart
{
    private static readonly int[] Kept = [10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512, 768, 1024];
    private static readonly double[] Recalls = [.95, .99];

    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(IndexVectors vectors, GraphContender ours, int rounds)
    {
        using USearchContender theirs = new();
        List<StoreMeasurement> rows = [.. Build(vectors, ours, theirs)];
        rows.AddRange(await RaceAsync(vectors, "whole vectors", ours, theirs, Goal.AtLeast(.8), rounds));
        foreach (VectorQuantization quantization in new[] { VectorQuantization.Half, VectorQuantization.Int8 })
        {
            using GraphContender coded = new(quantization);
            coded.Build(vectors);
            rows.AddRange(await RaceAsync(vectors, $"codes: {quantization}", coded, theirs, quantization == VectorQuantization.Int8 ? Goal.AtLeast(1) : null, rounds));
        }

        return rows;
    }

    private static async Task<StoreMeasurement[]> RaceAsync(IndexVectors vectors, string what, GraphContender ours, USearchContender theirs, Goal? goal, int rounds)
    {
        List<StoreMeasurement> rows = [];
        foreach (double recall in Recalls)
        {
            int own = FewestFor(recall, vectors, ours);
            int other = FewestFor(recall, vectors, theirs);
            IReadOnlyList<double[]> seconds = await Interleaved.RunAsync(rounds, () => AskAsync(vectors, ours, own), () => AskAsync(vectors, theirs, other));
            rows.Add(StoreMeasurement.Speed(
                string.Create(CultureInfo.InvariantCulture, $"{vectors.Count:N0} rows, {what}, recall ≥ {recall}: {Recall(vectors, ours, own):F4}, {own} kept; other: USearch, {Recall(vectors, theirs, other):F4}, {other} kept"),
                "questions", Rates(vectors, seconds[0]), Rates(vectors, seconds[1]), goal));
        }

        return [.. rows];
    }

    private static StoreMeasurement[] Build(IndexVectors vectors, GraphContender ours, USearchContender theirs)
    {
        string rows = string.Create(CultureInfo.InvariantCulture, $"{vectors.Count:N0} rows of {vectors.Dimensions}");
        (double Seconds, long Bytes) own = Measure(() => ours.Build(vectors));
        (double Seconds, long Bytes) other = Measure(() => theirs.Build(vectors));
        long vectorBytes = vectors.Rows.LongLength * sizeof(float) + (vectors.Count * sizeof(float));
        return
        [
            StoreMeasurement.Time($"{rows}: building on one thread; other: USearch", [own.Seconds * 1000], [other.Seconds * 1000], Goal.AtMost(1.5)),
            new StoreMeasurement($"{rows}: memory of vectors and graph, which is what the process took more of, and the vectors; other: USearch, what the process took more of")
            {
                Ours = StoreMeasurement.Megabytes(vectorBytes + Math.Max(own.Bytes, ours.Index.Bytes)),
                Other = StoreMeasurement.Megabytes(other.Bytes),
                Compared = MedianInterval.Of([(double)(vectorBytes + Math.Max(own.Bytes, ours.Index.Bytes)) / other.Bytes]),
                Goal = Goal.AtMost(1.15),
            },
        ];
    }

    private static (double Seconds, long Bytes) Measure(Action build)
    {
        long before = Resident();
        long start = Stopwatch.GetTimestamp();
        build();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, Resident() - before);
    }

    private static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static int FewestFor(double recall, IndexVectors vectors, IIndexContender contender) =>
        Array.Find(Kept, kept => Recall(vectors, contender, kept) >= recall) is not 0 and { } found ? found : Kept[^1];

    private static double Recall(IndexVectors vectors, IIndexContender contender, int kept)
    {
        Span<double> scores = stackalloc double[IndexVectors.Top];
        long hits = 0;
        for (int question = 0; question < vectors.Questions.Length; question++)
        {
            contender.Search(vectors.Questions[question], kept, scores);
            foreach (double score in scores)
            {
                hits += score >= vectors.LeastScores[question] ? 1 : 0;
            }
        }

        return (double)hits / IndexVectors.Top / vectors.Questions.Length;
    }

    private static Task<double> AskAsync(IndexVectors vectors, IIndexContender contender, int kept) => Interleaved.SecondsAsync(() =>
    {
        Span<double> scores = stackalloc double[IndexVectors.Top];
        foreach (float[] question in vectors.Questions)
        {
            contender.Search(question, kept, scores);
        }
    });

    private static double[] Rates(IndexVectors vectors, double[] seconds) => Array.ConvertAll(seconds, value => vectors.Questions.Length / value);
}
