using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Search;

public sealed class DistanceMeasureTests
{
    private const int Count = 60;

    public static TheoryData<string?, int> Cases
    {
        get
        {
            TheoryData<string?, int> cases = [];
            foreach (string? name in new[]
            {
                null, DistanceFunction.CosineSimilarity, DistanceFunction.CosineDistance, DistanceFunction.DotProductSimilarity,
                DistanceFunction.NegativeDotProductSimilarity, DistanceFunction.EuclideanDistance, DistanceFunction.EuclideanSquaredDistance,
                DistanceFunction.ManhattanDistance, DistanceFunction.HammingDistance,
            })
            {
                foreach (int dimensions in new[] { 1, 7, 384, 1000 })
                {
                    cases.Add(name, dimensions);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SearchAsync_RandomVectors_ScoresAndOrdersLikeTheNaiveTwin(string? name, int dimensions)
    {
        Random random = new(dimensions);
        float[][] vectors = [.. Enumerable.Range(0, Count).Select(_ => Vector(random, dimensions))];
        float[] query = Vector(random, dimensions);
        var collection = await CollectionAsync(name, vectors);

        List<VectorSearchResult<Point>> results = await collection.SearchAsync(query, Count).ToListAsync();

        Assert.Equal(Count, results.Count);
        Assert.All(results, result =>
        {
            double expected = NaiveDistance.Score(name, query, vectors[result.Record.Id]);
            Assert.Equal(expected, result.Score!.Value, 1e-5 * Math.Max(1, Math.Abs(expected)));
        });
        int direction = NaiveDistance.HigherIsNearer(name) ? -1 : 1;
        Assert.Equal(
            results.OrderBy(result => direction * result.Score).ThenBy(result => result.Record.Id).Select(result => result.Record.Id),
            results.Select(result => result.Record.Id));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SearchAsync_ScoreThreshold_KeepsScoresAtLeastOrAtMost(string? name, int dimensions)
    {
        Random random = new(dimensions);
        var collection = await CollectionAsync(name, [.. Enumerable.Range(0, Count).Select(_ => Vector(random, dimensions))]);
        float[] query = Vector(random, dimensions);
        List<VectorSearchResult<Point>> all = await collection.SearchAsync(query, Count).ToListAsync();
        double threshold = all[Count / 2].Score!.Value;

        List<VectorSearchResult<Point>> kept = await collection.SearchAsync(query, Count, new() { ScoreThreshold = threshold }).ToListAsync();

        Assert.Equal(
            all.Where(result => NaiveDistance.HigherIsNearer(name) ? result.Score >= threshold : result.Score <= threshold).Select(result => result.Record.Id),
            kept.Select(result => result.Record.Id));
        Assert.InRange(kept.Count, (Count / 2) + 1, Count);
    }

    [Fact]
    public async Task SearchAsync_ZeroVector_HasCosineZeroWithEverything()
    {
        var collection = await CollectionAsync(null, [[0, 0], [1, 1], [-1, -1]]);

        Assert.Equal([0.0, 0.0, 0.0], await collection.SearchAsync(new float[] { 0, 0 }, 3).Select(result => result.Score!.Value).ToListAsync());
        List<VectorSearchResult<Point>> results = await collection.SearchAsync(new float[] { 1, 1 }, 3).ToListAsync();
        Assert.Equal([1, 0, 2], results.Select(result => result.Record.Id));
        Assert.Equal(0, results[1].Score);
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity, 1.0)]
    [InlineData(DistanceFunction.DotProductSimilarity, 2e60)]
    [InlineData(DistanceFunction.EuclideanDistance, 0.0)]
    public async Task SearchAsync_HugeVectors_KeepsTheirScore(string name, double expected)
    {
        var collection = await CollectionAsync(name, [[1e30f, 1e30f]]);

        VectorSearchResult<Point> result = await collection.SearchAsync(new float[] { 1e30f, 1e30f }, 1).SingleAsync();

        Assert.Equal(expected, result.Score!.Value, Math.Max(1e-6, expected * 1e-6));
    }

    private static float[] Vector(Random random, int dimensions) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => random.Next(4) == 0 ? 1 : (random.NextSingle() * 2) - 1)];

    private static async Task<VectorStoreCollection<int, Point>> CollectionAsync(string? distanceFunction, float[][] vectors)
    {
        var collection = await Stores.CollectionAsync<int, Point>(definition: new()
        {
            Properties =
            [
                new VectorStoreKeyProperty(nameof(Point.Id)),
                new VectorStoreVectorProperty(nameof(Point.Vector), vectors[0].Length) { DistanceFunction = distanceFunction },
            ],
        });
        await collection.UpsertAsync(vectors.Select((vector, i) => new Point { Id = i, Vector = vector }));
        return collection;
    }

    private sealed class Point
    {
        public int Id { get; set; }

        public float[]? Vector { get; set; }
    }
}
