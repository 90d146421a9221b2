using System.Globalization;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.StoreOnDisk;
using LocalRetrieval.VectorData;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>Filters of several widths, whose matching rows lie anywhere, where the question is, or where it is not: recall, and speed beside a scan of the matching rows.</summary>
internal static class FilterPart
{
    /// <summary>How many questions are asked in a round.</summary>
    public const int Questions = 24;

    private static readonly double[] Shares = [.5, .1, .01, .001];
    private static readonly (string Name, Func<IndexVectors, float[], int, int[]> Match)[] Kinds = [("anywhere", Anywhere), ("around the question", Around), ("far from it", Far)];

    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(IndexVectors vectors, GraphContender ours, int rounds)
    {
        if (!ours.IsBuilt)
        {
            ours.Build(vectors);
        }

        GraphIndex graph = ours.Index.WithEfSearch(ours.Index.ChooseEfSearch(vectors.Blocks, CancellationToken.None));
        (string, VectorIndex)[] indexes =
        [
            ("graph", graph),
            ("int8 codes", CodePart.Build(vectors, VectorQuantization.Int8, .95)),
            ("binary codes", CodePart.Build(vectors, VectorQuantization.Binary, .95)),
        ];
        List<StoreMeasurement> rows = [Unfiltered(vectors, ours, graph)];
        foreach (double share in Shares)
        {
            foreach ((string name, Func<IndexVectors, float[], int, int[]> match) in Kinds)
            {
                VectorIndexSearch[] asked = [.. vectors.Questions.Take(Questions).Select(question => ours.Ask(question, match(vectors, question, (int)(share * vectors.Count))))];
                foreach ((string what, VectorIndex index) in indexes)
                {
                    rows.AddRange(await MeasureAsync(vectors, index, asked, string.Create(CultureInfo.InvariantCulture, $"{vectors.Count:N0} rows, {what}, {share:P1} match, {name}"), rounds));
                }
            }
        }

        return rows;
    }

    private static StoreMeasurement Unfiltered(IndexVectors vectors, GraphContender ours, GraphIndex graph) => Share(
        string.Create(CultureInfo.InvariantCulture, $"{vectors.Count:N0} rows, graph, all match, {graph.EfSearch} kept as the index chose for .95: recall"),
        vectors.Questions.Select((question, i) => graph.Search(ours.Ask(question), CancellationToken.None)[0].Count(row => row.Score >= vectors.LeastScores[i])).Average() / IndexVectors.Top);

    private static StoreMeasurement Share(string what, double recall) => new(what)
    {
        Ours = recall.ToString("F4", CultureInfo.InvariantCulture),
        Compared = MedianInterval.Of([recall]),
        Goal = Goal.AtLeast(.95),
    };

    private static async Task<StoreMeasurement[]> MeasureAsync(IndexVectors vectors, VectorIndex index, VectorIndexSearch[] asked, string filter, int rounds)
    {
        double recall = asked.Average(search => Recall(index.Search(search, CancellationToken.None)[0], Scan(vectors, search)));
        IReadOnlyList<double[]> seconds = await Interleaved.RunAsync(
            rounds,
            () => Interleaved.SecondsAsync(() => Array.ForEach(asked, search => index.Search(search, CancellationToken.None))),
            () => Interleaved.SecondsAsync(() => Array.ForEach(asked, search => Scan(vectors, search))));
        return
        [
            Share($"{filter}: recall", recall),
            StoreMeasurement.Speed($"{filter}; other: scan of the matching rows", "questions", Rates(seconds[0]), Rates(seconds[1]), Goal.AtLeast(.95)),
        ];
    }

    private static RowScore[] Scan(IndexVectors vectors, VectorIndexSearch search) =>
        vectors.Exact.SearchRows(search.Blocks, search.Candidates!, search.Queries, search.Options)[0];

    private static double Recall(RowScore[] found, RowScore[] nearest) =>
        (double)Math.Min(nearest.Length, found.Count(row => row.Score >= nearest[^1].Score)) / nearest.Length;

    private static int[] Anywhere(IndexVectors vectors, float[] question, int count)
    {
        int step = vectors.Count / count;
        Random random = new(count + (int)(question[0] * 1e6f));
        return [.. Enumerable.Range(0, count).Select(i => (i * step) + random.Next(step))];
    }

    private static int[] Around(IndexVectors vectors, float[] center, int count) =>
        [.. Nearest(vectors, center, Math.Min(vectors.Count, 2 * count)).Where((_, i) => i % 2 == 0).Select(row => row.Row).Order()];

    private static int[] Far(IndexVectors vectors, float[] question, int count) =>
        Around(vectors, vectors.RowOf(Nearest(vectors, Array.ConvertAll(question, value => -value), 1)[0].Row).ToArray(), count);

    private static RowScore[] Nearest(IndexVectors vectors, float[] center, int count) =>
        vectors.Exact.Search(vectors.Blocks.Read(vectors.Count), center, new RowSearchOptions { Top = count })[0];

    private static double[] Rates(double[] seconds) => Array.ConvertAll(seconds, value => Questions / value);
}
