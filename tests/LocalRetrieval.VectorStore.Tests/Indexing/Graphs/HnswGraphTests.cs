using LocalRetrieval.VectorData.Indexing.Graphs;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class HnswGraphTests
{
    public static TheoryData<string, bool> Cases() => WholeVectorsTests.Cases();

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    public void Search_ClusteredVectors_FindsAsMuchAsTheNaiveTwin(int ef)
    {
        Random random = new(ef);
        GraphVectors vectors = new(GraphVectors.Clustered(random, 1200), DistanceFunction.EuclideanSquaredDistance);
        GraphSettings settings = new(M: 8, EfConstruction: 40);
        RowLevels levels = new(settings.M, settings.Seed);
        NaiveHnsw twin = new((x, y) => -Distance(vectors.Vectors[x], vectors.Vectors[y]), settings.M, settings.EfConstruction, levels.Of);
        for (int row = 0; row < vectors.Count; row++)
        {
            twin.Add();
        }

        HnswGraph graph = GraphIndexes.Of(vectors, settings).Graph;
        float[][] queries = GraphVectors.Clustered(random, 100);
        double expected = queries.Average(query => Recall(vectors, query, twin.Search(row => -Distance(query, vectors.Vectors[row]), 10, Math.Max(10, ef))));
        double actual = queries.Average(query => Recall(vectors, query, Search(graph, vectors, query, Math.Max(10, ef))));

        Assert.InRange(expected, .5, 1);
        Assert.True(actual >= expected - .02, $"The twin finds {expected:P1}, the graph {actual:P1}.");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Search_EveryMeasure_FindsNearlyAll(string function, bool isHalf)
    {
        Random random = new(6);
        float[][] rows = GraphVectors.Clustered(random, 3040);
        // Hamming's vectors are few values; a product's differ in length, though not by orders of magnitude.
        rows = function == DistanceFunction.HammingDistance ? [.. rows.Select(row => row.Select(value => value > 0 ? 1f : 0).ToArray())] : rows;
        GraphVectors vectors = new(rows[..3000], function, isHalf);
        GraphIndex index = GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 128));

        Assert.InRange(index.Recall(vectors, rows[3000..]), .95, 1);
    }

    [Fact]
    public void Add_OneThread_GivesTheSameGraphHoweverRowsCome()
    {
        Random random = new(7);
        GraphVectors vectors = new([.. GraphVectors.Clustered(random, 2500), .. GraphVectors.Clustered(new Random(7), 300)]);
        ulong expected = GraphIndexes.Of(vectors).Graph.Hash();
        GraphIndex pieces = GraphIndexes.Empty(vectors);
        for (int rows = 0; rows < vectors.Count;)
        {
            rows = Math.Min(vectors.Count, rows + random.Next(1, 700));
            pieces.Add(vectors.Blocks, rows, _ => true, CancellationToken.None);
        }

        Assert.Equal(expected, GraphIndexes.Of(vectors).Graph.Hash());
        Assert.Equal(expected, pieces.Graph.Hash());
        Assert.NotEqual(expected, GraphIndexes.Of(vectors, new GraphSettings(Seed: 1)).Graph.Hash());
    }

    [Fact]
    public void Add_SeveralThreads_FindsAsMuchAsOne()
    {
        Random random = new(8);
        float[][] rows = GraphVectors.Clustered(random, 6400);
        GraphVectors vectors = new(rows[..6000]);
        double one = GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 96)).Recall(vectors, rows[6000..]);
        double several = GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 96, Threads: 4)).Recall(vectors, rows[6000..]);

        Assert.InRange(one, .95, 1);
        Assert.True(Math.Abs(one - several) <= .005, $"One thread's graph finds {one:P2}, that of several {several:P2}.");
    }

    [Fact]
    public void Add_AsManyThreadsAsThereAreNumbers_StartsAsManyAsAreOfUse()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(10), 1500));
        GraphSettings settings = new(EfSearch: 64, Threads: int.MaxValue);

        Assert.InRange(settings.UsedThreads, 1, 2 * Environment.ProcessorCount);
        Assert.InRange(GraphIndexes.Of(vectors, settings).Recall(vectors, [.. vectors.Vectors.Take(50)]), .95, 1);
    }

    [Fact]
    public void Add_Rows_HaveNoMoreNeighborsThanTheyMayAndNeverThemselves()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(9), 3000));
        HnswGraph graph = GraphIndexes.Of(vectors, new GraphSettings(M: 6, Threads: 3)).Graph;
        int levels = 0;
        for (int row = 0; row < graph.Count; row++)
        {
            for (int level = 0; level <= graph.LevelOf(row); level++)
            {
                int[] neighbors = [.. graph.Neighbors(row, level).ToArray().TakeWhile(neighbor => neighbor != HnswGraph.None)];

                Assert.Equal(neighbors.Distinct().Count(), neighbors.Length);
                Assert.DoesNotContain(row, neighbors);
                Assert.All(neighbors, neighbor => Assert.True(graph.LevelOf(neighbor) >= level));
                levels = Math.Max(levels, level);
            }
        }

        Assert.InRange(levels, 2, HnswGraph.MostLevels);
        Assert.Equal(graph.LevelOf(graph.Entry.Row), graph.Entry.Level);
        Assert.Equal(levels, graph.Entry.Level);
    }

    [Fact]
    public void Of_Rows_StandAtLevelsAsOftenAsThePaperHasIt()
    {
        RowLevels levels = new(16, 5);
        int[] counts = [.. Enumerable.Range(0, 200_000).GroupBy(levels.Of).OrderBy(level => level.Key).Select(level => level.Count())];

        Assert.InRange(counts[0], 187_000, 188_000);
        Assert.InRange(counts[1], 11_300, 12_100);
        Assert.InRange(counts[2], 650, 820);
    }

    private static double Distance(float[] x, float[] y) => x.Zip(y, (a, b) => ((double)a - b) * ((double)a - b)).Sum();

    private static double Recall(GraphVectors vectors, float[] query, IEnumerable<int> found) =>
        vectors.Nearest(query, 10).Select(row => row.Row).Intersect(found).Count() / 10.0;

    private static int[] Search(HnswGraph graph, GraphVectors vectors, float[] query, int ef)
    {
        WholeVectors whole = new(vectors.Measure, vectors.Dimensions);
        whole.Take(vectors.Blocks, vectors.Count);
        GraphSearch search = new(graph, whole);
        GraphBuffers buffers = new();
        buffers.Clear(graph.Count, ef);
        ulong entry = search.Descend(whole.Prepare(query), 0, graph.Count, buffers);
        GraphSearch.Begin(entry, buffers);
        buffers.Found.Add(entry);
        search.Search(whole.Prepare(query), 0, graph.Count, buffers);
        return [.. buffers.Found.Keys[..10].ToArray().Select(NearKey.RowOf)];
    }
}
