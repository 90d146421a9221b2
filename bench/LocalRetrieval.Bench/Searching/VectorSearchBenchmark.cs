using System.Numerics.Tensors;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.Bench.Searching;

/// <summary>Exact search: beside a plain read of the same memory, one query beside many, Half beside float32.</summary>
internal static class VectorSearchBenchmark
{
    private const int Dimensions = 384;
    private const int Top = 10;
    private const int QueriesAtOnce = 32;
    private const int FilterCalls = 50;

    public static async Task<string> RunAsync(int rounds, int millionRows)
    {
        (float[] vectors, string source) = SentenceWindows.ReadOrMakeNoise();
        int rows = vectors.Length / Dimensions;
        Rows real = Rows.Of(vectors, rows);
        Rows many = Rows.Of(vectors, millionRows);
        return FormattableString.Invariant($"""
            Rows are {source}: {rows:N0} of them, {Dimensions} dimensions; the million repeats them. Queries are rows. Cosine, top {Top}, {Environment.ProcessorCount} threads, {rounds} rounds.

            ## Bandwidth, {rows:N0} rows, one query

            {await BandwidthAsync(real, Environment.ProcessorCount, rounds)}
            ## Bandwidth, {rows:N0} rows, one query, one thread

            {await BandwidthAsync(real, 1, rounds)}
            ## Bandwidth, {millionRows:N0} rows, one query

            {await BandwidthAsync(many, Environment.ProcessorCount, rounds)}
            ## {QueriesAtOnce} queries, {rows:N0} rows

            {await QueriesAsync(real, rounds)}
            ## Filters, {rows:N0} rows, one query

            {await FilteredAsync(real, 100, rounds)}
            {await FilteredAsync(real, 10_000, rounds)}
            ## Half beside float32

            {HalfRecall(real)}

            """);
    }

    private static async Task<string> BandwidthAsync(Rows rows, int threads, int rounds)
    {
        ExactSearch search = new(VectorMeasure.Find(null)!, Dimensions) { MaxThreads = threads };
        ReadOnlyMemory<float> query = rows.Query(0, 1);
        RowSearchOptions options = new() { Top = Top };
        Contender[] contenders =
        [
            new("plain read", () => Run(() => StreamingRead.Sum(rows.Floats, 0, threads)), 3),
            new("plain read, four rows in turn", () => Run(() => StreamingRead.Sum(rows.Floats, Dimensions, threads)), 3),
            new("search, rows of length 1", () => Run(() => search.Search([RowBlock.Of(0, rows.Floats, Dimensions)], query, options)), 3),
            new("search, rows with their scales", () => Run(() => search.Search([RowBlock.Of(0, rows.Floats, Dimensions, rows.Scales)], query, options)), 3),
            new("search, Half", () => Run(() => search.Search([RowBlock.Of(0, rows.Halves, Dimensions)], query, options)), 3),
        ];
        return Race.Table("million rows", 1, contenders, Scale(await Race.RunAsync(contenders, rounds), rows.Floats.Length / Dimensions / 1e6));
    }

    private static async Task<string> QueriesAsync(Rows rows, int rounds)
    {
        ExactSearch search = new(VectorMeasure.Find(null)!, Dimensions);
        RowBlock[] floats = [RowBlock.Of(0, rows.Floats, Dimensions)];
        RowBlock[] halves = [RowBlock.Of(0, rows.Halves, Dimensions)];
        ReadOnlyMemory<float> queries = rows.Query(0, QueriesAtOnce);
        RowSearchOptions options = new() { Top = Top };
        Contender[] contenders =
        [
            new("one after another", () => Run(() =>
            {
                for (int query = 0; query < QueriesAtOnce; query++)
                {
                    search.Search(floats, rows.Query(query, 1), options);
                }
            })),
            new("at once", () => Run(() => search.Search(floats, queries, options))),
            new("at once, Half", () => Run(() => search.Search(halves, queries, options))),
        ];
        return Race.Table("queries", QueriesAtOnce, contenders, await Race.RunAsync(contenders, rounds));
    }

    /// <summary>One row of so many matches: by a list of them, a loop over nothing but these rows, and a scan of as many that lie together. Each call takes other rows.</summary>
    private static async Task<string> FilteredAsync(Rows rows, int step, int rounds)
    {
        ExactSearch search = new(VectorMeasure.Find(null)!, Dimensions);
        RowBlock[] blocks = [RowBlock.Of(0, rows.Floats, Dimensions)];
        ReadOnlyMemory<float> query = rows.Query(0, 1);
        RowSearchOptions options = new() { Top = Top };
        int count = rows.Floats.Length / Dimensions;
        int[][] lists = [.. Enumerable.Range(0, FilterCalls).Select(call => Enumerable.Range(0, count / step).Select(i => (i * step) + (call * 7 % step)).ToArray())];
        RowBlock[][] matching = [.. lists.Select((list, call) => new[] { RowBlock.Of(0, rows.Floats.Slice(call * (count / FilterCalls) * Dimensions, list.Length * Dimensions), Dimensions) })];
        Contender[] contenders =
        [
            new("loop over the rows, TensorPrimitives.Dot", () => Run(() => Array.ForEach(lists, list => Loop(rows, list, query.Span)))),
            new("scan of as many rows that lie together", () => Run(() => Array.ForEach(matching, own => search.Search(own, query, options)))),
            new("list of rows", () => Run(() => Array.ForEach(lists, list => search.SearchRows(blocks, list, query, options)))),
        ];
        return FormattableString.Invariant($"{count / step:N0} matching rows:\n\n{Race.Table("searches", FilterCalls, contenders, await Race.RunAsync(contenders, rounds))}");
    }

    private static float Loop(Rows rows, int[] list, ReadOnlySpan<float> query)
    {
        float best = float.MinValue;
        foreach (int row in list)
        {
            best = Math.Max(best, TensorPrimitives.Dot(query, rows.Floats.Span.Slice(row * Dimensions, Dimensions)));
        }

        return best;
    }

    private static string HalfRecall(Rows rows)
    {
        ExactSearch search = new(VectorMeasure.Find(null)!, Dimensions);
        RowSearchOptions options = new() { Top = Top };
        RowScore[][] floats = search.Search([RowBlock.Of(0, rows.Floats, Dimensions)], rows.Query(0, 200), options);
        RowScore[][] halves = search.Search([RowBlock.Of(0, rows.Halves, Dimensions)], rows.Query(0, 200), options);
        double recall = floats.Zip(halves, (x, y) => (double)x.Select(row => row.Row).Intersect(y.Select(row => row.Row)).Count() / Top).Average();
        double error = floats.Zip(halves, (x, y) => x.Zip(y, (a, b) => Math.Abs(a.Score - b.Score)).Max()).Max();
        return FormattableString.Invariant($"200 queries: recall of the {Top} nearest {recall:P2}, greatest difference of a score {error:E1}; half the memory.");
    }

    private static Dictionary<string, double[]> Scale(IReadOnlyDictionary<string, double[]> seconds, double items) =>
        seconds.ToDictionary(pair => pair.Key, pair => pair.Value.Select(value => value / items).ToArray());

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    /// <summary>Rows of length 1 in every form in which they can be stored.</summary>
    private sealed record Rows(ReadOnlyMemory<float> Floats, ReadOnlyMemory<Half> Halves, ReadOnlyMemory<float> Scales)
    {
        private const int QueryStep = 97;

        /// <summary>Repeats vectors until there are enough.</summary>
        public static Rows Of(float[] vectors, int count)
        {
            Memory<float> floats = AlignedMemory.Allocate<float>(count * Dimensions);
            for (int start = 0; start < floats.Length; start += vectors.Length)
            {
                VectorMeasure.Normalize(vectors.AsSpan(0, Math.Min(vectors.Length, floats.Length - start)), Dimensions, floats.Span[start..]);
            }

            Memory<Half> halves = AlignedMemory.Allocate<Half>(floats.Length);
            HalfVectors.Narrow(floats.Span, halves.Span);
            float[] scales = new float[count];
            Array.Fill(scales, 1);
            return new Rows(floats, halves, scales);
        }

        /// <summary>Rows far from one another, as queries.</summary>
        public ReadOnlyMemory<float> Query(int first, int count)
        {
            float[] queries = new float[count * Dimensions];
            for (int i = 0; i < count; i++)
            {
                Floats.Span.Slice((first + i) * QueryStep * Dimensions, Dimensions).CopyTo(queries.AsSpan(i * Dimensions));
            }

            return queries;
        }
    }
}
