using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Indexing.Graphs;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing;

/// <summary>The indexes that a definition asks for, as their users have them: written to, deleted from, measured, compacted, opened again.</summary>
public sealed class RealIndexTests
{
    private const int Dimensions = 48;

    // Somewhat more than 4,096, by which an index chooses anew how many it looks at.
    private const int Records = 4200;
    private const int Zeros = 5;

    private readonly float[][] _vectors = GraphVectors.Clustered(new Random(1), Records + 60, Dimensions);

    public static TheoryData<string, VectorQuantization, string> Kinds
    {
        get
        {
            TheoryData<string, VectorQuantization, string> kinds = [];
            string[] functions = [DistanceFunction.CosineSimilarity, DistanceFunction.DotProductSimilarity, DistanceFunction.EuclideanDistance, DistanceFunction.ManhattanDistance];
            foreach (VectorQuantization quantization in Enum.GetValues<VectorQuantization>())
            {
                foreach (string function in functions)
                {
                    if (quantization == VectorQuantization.Binary && function == DistanceFunction.ManhattanDistance)
                    {
                        continue;
                    }

                    kinds.Add(IndexKind.Hnsw, quantization, function);
                    if (quantization != VectorQuantization.None)
                    {
                        kinds.Add(IndexKind.QuantizedFlat, quantization, function);
                    }
                }
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_AfterWritesAndDeletions_FindsNearlyAllByExactScores(string kind, VectorQuantization quantization, string function)
    {
        using LocalVectorStore store = RealIndexes.Store();
        LocalVectorStoreCollection<int, Point> points = await FillAsync(store, kind, quantization, function);

        RecallMeasurement all = await points.MeasureRecallAsync(Queries);
        RecallMeasurement some = await points.MeasureRecallAsync(Queries, 10, new() { Filter = point => point.Number == 3 });

        VectorIndexStatistics statistics = Assert.Single((await store.GetStatisticsAsync("points")).VectorIndexes);

        // The signs of so few dimensions say too little for some functions, whatever is chosen: the statistics tell that the bound is reached.
        double least = statistics.Oversampling == 40 ? .85 : .94;
        Assert.InRange(all.Recall, least, 1);
        Assert.InRange(some.Recall, least, 1);
        Assert.Equal(60, all.Queries);
        await AssertScoresAreExactAsync(points, function);
        Assert.Equal((kind, Records + 500, 0), (statistics.KindInUse, statistics.Rows, statistics.RowsBehind));
        Assert.InRange(statistics.Bytes, Records, Records * 1000L);

        // Signs may not reach much.
        Assert.InRange(Assert.NotNull(statistics.MeasuredRecall), .5, 1);
    }

    [Theory]
    [InlineData(IndexKind.QuantizedFlat, VectorQuantization.Int8)]
    [InlineData(IndexKind.QuantizedFlat, VectorQuantization.Binary)]
    [InlineData(IndexKind.Hnsw, VectorQuantization.None)]
    [InlineData(IndexKind.Hnsw, VectorQuantization.Int8)]
    public async Task Search_OpenedAgain_FindsTheSameByTheSavedIndex(string kind, VectorQuantization quantization)
    {
        using StoreFolder folder = new();
        List<string> before = [];
        using (LocalVectorStore store = RealIndexes.Store(folder.Path))
        {
            LocalVectorStoreCollection<int, Point> points = await FillAsync(store, kind, quantization, DistanceFunction.CosineSimilarity);
            await points.UpsertAsync(Enumerable.Range(Records, Zeros).Select(id => new Point { Id = id, Vector = new float[Dimensions] }));
            await points.WhenIndexedAsync();
            await points.CompactAsync();
            await points.WhenIndexedAsync();
            before = await FindAsync(points);
        }

        Assert.Single(Directory.GetFiles(folder.Path, "*.index"));
        using RecordingLoggerFactory log = new();
        using LocalVectorStore again = RealIndexes.Store(folder.Path, logger: log.CreateLogger("store"));
        LocalVectorStoreCollection<int, Point> reopened = Collection(again, kind, quantization, DistanceFunction.CosineSimilarity);
        await reopened.WhenIndexedAsync();

        Assert.Equal(before, await FindAsync(reopened));
        Assert.Equal(Records - 1000 + Zeros, Assert.Single((await again.GetStatisticsAsync("points")).VectorIndexes).Rows);

        // An index that is made anew finds the same, later.
        Assert.DoesNotContain(log.Messages, message => message.Contains(" is made ", StringComparison.Ordinal));
    }

    private IEnumerable<float[]> Queries => _vectors[Records..];

    private static LocalVectorStoreCollection<int, Point> Collection(LocalVectorStore store, string kind, VectorQuantization quantization, string function)
    {
        VectorStoreVectorProperty vector = new(nameof(Point.Vector), typeof(float[]), Dimensions) { IndexKind = kind, DistanceFunction = function };
        return store.GetCollection<int, Point>("points", new() { Properties = [vector.WithVectorIndex(new() { Quantization = quantization, MaxBuildThreads = 1 })] });
    }

    // A quarter is deleted, and an eighth replaced by the same.
    private async Task<LocalVectorStoreCollection<int, Point>> FillAsync(LocalVectorStore store, string kind, VectorQuantization quantization, string function)
    {
        LocalVectorStoreCollection<int, Point> points = Collection(store, kind, quantization, function);
        await points.EnsureCollectionExistsAsync();
        foreach (Point[] part in Enumerable.Range(0, Records).Select(Make).Chunk(700))
        {
            await points.UpsertAsync(part);
        }

        await points.WhenIndexedAsync();
        await points.DeleteAsync(Enumerable.Range(0, 1000));
        await points.UpsertAsync(Enumerable.Range(1000, 500).Select(Make));
        await points.WhenIndexedAsync();
        return points;
    }

    private Point Make(int id) => new() { Id = id, Number = id % 20, Vector = _vectors[id] };

    private async Task<List<string>> FindAsync(LocalVectorStoreCollection<int, Point> points)
    {
        List<string> found = [];
        foreach (float[] query in Queries)
        {
            found.AddRange(await points.SearchAsync(query, 10).Select(result => $"{result.Record.Id} {result.Score}").ToListAsync());
        }

        return found;
    }

    private async Task AssertScoresAreExactAsync(LocalVectorStoreCollection<int, Point> points, string function)
    {
        using LocalVectorStore plain = new();
        LocalVectorStoreCollection<int, Point> exact = plain.GetCollection<int, Point>("points", new() { Properties = [new VectorStoreVectorProperty(nameof(Point.Vector), typeof(float[]), Dimensions) { DistanceFunction = function }] });
        await exact.EnsureCollectionExistsAsync();
        await exact.UpsertAsync(Enumerable.Range(1000, Records - 1000).Select(Make));
        float[] query = _vectors[^1];
        Dictionary<int, double?> scores = await exact.SearchAsync(query, Records).ToDictionaryAsync(result => result.Record.Id, result => result.Score);

        List<VectorSearchResult<Point>> found = await points.SearchAsync(query, 10).ToListAsync();

        Assert.Equal(10, found.Count);
        Assert.All(found, result => Assert.Equal(scores[result.Record.Id], result.Score));
    }

    /// <summary>A record with a vector.</summary>
    public sealed class Point
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public int Number { get; set; }

        [VectorStoreVector(Dimensions)]
        public float[]? Vector { get; set; }
    }
}
