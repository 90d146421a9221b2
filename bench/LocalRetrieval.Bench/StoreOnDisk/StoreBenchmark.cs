using System.Globalization;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>The vector store on disk, beside itself in memory, bare files, and SQLite.</summary>
internal static class StoreBenchmark
{
    private static readonly (string Name, Func<StoreWork, Task<IReadOnlyList<StoreMeasurement>>> Measure)[] Parts =
    [
        ("writes", WritesPart.MeasureAsync),
        ("commits", CommitsPart.MeasureAsync),
        ("compaction", CompactionPart.MeasureAsync),
        ("sqlite", SqlitePart.MeasureAsync),
        ("opening", OpeningPart.MeasureAsync),
        ("memory", LittleMemoryPart.MeasureAsync),
    ];

    /// <summary>The parts' names.</summary>
    public static string[] PartNames => Array.ConvertAll(Parts, part => part.Name);

    /// <param name="work">How much is measured.</param>
    /// <param name="only">The only part that is; null for all.</param>
    /// <param name="report">Told what is known after each part: all takes long, and may be ended before.</param>
    /// <param name="cancellationToken">Ends the work between parts.</param>
    public static async Task RunAsync(StoreWork work, string? only, Action<string> report, CancellationToken cancellationToken)
    {
        List<StoreMeasurement> rows = [];
        foreach ((string part, Func<StoreWork, Task<IReadOnlyList<StoreMeasurement>>> measure) in Parts.Where(part => only is null || part.Name == only))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double seconds = await Interleaved.SecondsAsync(async () => rows.AddRange(await measure(work)));
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{part}: {seconds:F0} s"));
            report(Report(work, rows));
        }
    }

    private static string Report(StoreWork work, List<StoreMeasurement> rows) => string.Create(CultureInfo.InvariantCulture, $"""
        Records have a key, two indexed numbers, a text of {StoreRecords.Characters} characters and a vector of {BenchRecord.Dimensions} float32, which is given; files are on {FileSystemOf(work)}. Whoever opens a collection
        of {work.Records:N0} records, or one with little memory, is a process of its own, and the time of its start does not count.

        Medians of {work.Rounds} rounds in turn, of {work.Loads} where a collection is loaded. Of what is compared, each round's ratio, the median and in parentheses an interval that holds the true one with
        {MedianInterval.Of(new double[work.Rounds]).Coverage:P1} (order statistics). Speeds are compared as ours divided by the other's, times and sizes likewise. "Reached" is "open" where the goal lies within the interval.

        {StoreMeasurement.Heading}
        {string.Join('\n', rows.Select(row => row.Row))}
        """);

    private static string FileSystemOf(StoreWork work) => new DriveInfo(Path.GetFullPath(work.Folder ?? Path.GetTempPath())).DriveFormat;
}
