using System.Globalization;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.StoreOnDisk;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>Indexes of vectors beside USearch, and beside exact search.</summary>
internal static class IndexBenchmark
{
    private const int Questions = 1000;

    private static readonly (string Name, string Remark, Func<IndexVectors, GraphContender, int, Task<IReadOnlyList<StoreMeasurement>>> Measure)[] Parts =
    [
        ("speed", "Graphs have 16 neighbours a row, 32 at the lowest level, chosen among 128.", SpeedPart.MeasureAsync),
        ("filters", $"Filters are asked with the first {FilterPart.Questions} questions in each round, and compared with a scan that shares the work between {Environment.ProcessorCount} threads where that is much.", FilterPart.MeasureAsync),
        ("codes", "Codes are scanned by as many threads as the exact search beside them, and rescored by whole vectors of a file that is mapped and, but for the last rows, in the system's cache.", CodesAsync),
    ];

    /// <summary>The parts' names.</summary>
    public static string[] PartNames => Array.ConvertAll(Parts, part => part.Name);

    /// <param name="rows">How many texts by the static model; null for the windows by the bi-encoder.</param>
    /// <param name="rounds">How often each contender runs.</param>
    /// <param name="only">The only part that is measured; null for all.</param>
    /// <param name="report">Takes each part's name and report.</param>
    /// <param name="cancellationToken">Ends the work between parts.</param>
    public static async Task RunAsync(int? rows, int rounds, string? only, Action<string, string> report, CancellationToken cancellationToken)
    {
        IndexVectors vectors = rows is { } count
            ? await IndexVectors.OfStaticModelAsync(count, Questions, cancellationToken)
            : await IndexVectors.OfBiEncoderAsync(Questions, cancellationToken);
        using GraphContender ours = new();
        foreach ((string name, string remark, Func<IndexVectors, GraphContender, int, Task<IReadOnlyList<StoreMeasurement>>> measure) in Parts.Where(part => only is null || part.Name == only))
        {
            cancellationToken.ThrowIfCancellationRequested();
            report(name, Report(vectors, remark, rounds, await measure(vectors, ours, rounds)));
        }
    }

    private static async Task<IReadOnlyList<StoreMeasurement>> CodesAsync(IndexVectors vectors, GraphContender ours, int rounds) =>
        [.. await CodePart.MeasureAsync(vectors, rounds), .. ColdPart.Measure(vectors)];

    private static string Report(IndexVectors vectors, string remark, int rounds, IReadOnlyList<StoreMeasurement> measured) => string.Create(CultureInfo.InvariantCulture, $"""
        Rows are {vectors.Source}: {vectors.Count:N0} of them, {vectors.Dimensions} dimensions. {vectors.Questions.Length:N0} questions of these sets, one at a time on one thread; top {IndexVectors.Top}, and a row as near as
        the last of these is a hit. {remark}
        Medians of {rounds} rounds in turn; of what is compared, each round's ratio, the median and in parentheses an interval that holds the true one with {MedianInterval.Of(new double[rounds]).Coverage:P1}.

        {StoreMeasurement.Heading}
        {string.Join('\n', measured.Select(row => row.Row))}
        """);
}
