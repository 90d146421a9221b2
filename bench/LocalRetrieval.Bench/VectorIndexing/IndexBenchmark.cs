using System.Globalization;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.StoreOnDisk;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>Indexes of vectors beside USearch, and beside exact search.</summary>
internal static class IndexBenchmark
{
    private const int Questions = 1000;

    /// <param name="rows">How many texts by the static model; null for the windows by the bi-encoder.</param>
    /// <param name="rounds">How often each contender runs.</param>
    /// <param name="cancellationToken">Ends the work between parts.</param>
    public static async Task<string> RunAsync(int? rows, int rounds, CancellationToken cancellationToken)
    {
        IndexVectors vectors = rows is { } count
            ? await IndexVectors.OfStaticModelAsync(count, Questions, cancellationToken)
            : await IndexVectors.OfBiEncoderAsync(Questions, cancellationToken);
        using GraphContender ours = new();
        StoreMeasurement[] measured = [.. await SpeedPart.MeasureAsync(vectors, ours, rounds), .. await FilterPart.MeasureAsync(vectors, ours, rounds), .. await CodePart.MeasureAsync(vectors, rounds), .. ColdPart.Measure(vectors)];
        return string.Create(CultureInfo.InvariantCulture, $"""
            Rows are {vectors.Source}: {vectors.Count:N0} of them, {vectors.Dimensions} dimensions. {vectors.Questions.Length:N0} questions of these sets, one at a time on one thread; top {IndexVectors.Top}, and a row as near as
            the last of these is a hit. Graphs have 16 neighbours a row, 32 at the lowest level, chosen among 128. Medians of {rounds} rounds in turn; of what is compared, each round's ratio, the median and in parentheses an
            interval that holds the true one with {MedianInterval.Of(new double[rounds]).Coverage:P1}. Filters are asked {rounds} times with the first questions, and compared with a scan that shares the work between {Environment.ProcessorCount} threads
            where that is much. Codes are scanned by as many threads as the exact search beside them, and rescored by whole vectors of a file that is mapped and in the system's cache.

            {StoreMeasurement.Heading}
            {string.Join('\n', measured.Select(row => row.Row))}
            """);
    }
}
