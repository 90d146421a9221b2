using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Search;

public sealed class ExactSearchTests
{
    private static readonly string[] Functions =
    [
        DistanceFunction.CosineSimilarity, DistanceFunction.CosineDistance, DistanceFunction.DotProductSimilarity,
        DistanceFunction.NegativeDotProductSimilarity, DistanceFunction.EuclideanDistance, DistanceFunction.EuclideanSquaredDistance,
        DistanceFunction.ManhattanDistance, DistanceFunction.HammingDistance,
    ];

    public static TheoryData<string, int, bool> Shapes
    {
        get
        {
            TheoryData<string, int, bool> shapes = [];
            foreach (string function in Functions)
            {
                for (int seed = 0; seed < 24; seed++)
                {
                    shapes.Add(function, seed, seed % 3 == 0);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Search_RandomShapes_ScoresAndOrdersLikeTheNaiveTwin(string function, int seed, bool half)
    {
        Random random = new(seed);
        Case shape = new(random, function, half);

        RowScore[][] found = shape.Search.Search(shape.Blocks, shape.Queries, new() { Top = Math.Max(1, shape.Rows.Length) });

        Assert.Equal(shape.QueryCount, found.Length);
        for (int query = 0; query < found.Length; query++)
        {
            Assert.Equal(shape.Rows.Length, found[query].Length);
            Assert.All(found[query], row =>
            {
                double expected = NaiveScore(function, shape.Query(query), shape.Rows[row.Row]);
                Assert.Equal(expected, row.Score, 1e-5 * Math.Max(1, Magnitude(function, shape.Query(query), shape.Rows[row.Row])));
            });
            int direction = NaiveDistance.HigherIsNearer(function) ? -1 : 1;
            Assert.Equal(found[query].OrderBy(row => direction * row.Score).ThenBy(row => row.Row), found[query]);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Search_OneQueryAlone_GivesWhatManyGive(string function, int seed, bool half)
    {
        Case shape = new(new Random(seed), function, half);
        RowSearchOptions options = new() { Top = 10 };

        RowScore[][] together = shape.Search.Search(shape.Blocks, shape.Queries, options);

        for (int query = 0; query < shape.QueryCount; query++)
        {
            Assert.Equal(shape.Search.Search(shape.Blocks, shape.Query(query), options)[0], together[query]);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Search_SomeRows_GivesTheBestOfThem(string function, int seed, bool half)
    {
        Random random = new(seed);
        Case shape = new(random, function, half);
        int share = random.Next(1, 101);
        int[] chosen = [.. Enumerable.Range(0, shape.Rows.Length).Where(_ => random.Next(100) < share)];
        RowScore[] all = shape.Search.Search(shape.Blocks, shape.Query(0), new() { Top = shape.Rows.Length + 1 })[0];
        RowScore[] expected = [.. all.Where(row => chosen.Contains(row.Row)).Skip(2).Take(9)];

        Assert.Equal(expected, shape.Search.Search(shape.Blocks, shape.Query(0), new() { Top = 9, Skip = 2, Accepts = chosen.Contains })[0]);
        Assert.Equal(expected, shape.Search.SearchRows(shape.Blocks, chosen, shape.Query(0), new() { Top = 9, Skip = 2 })[0]);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Search_ScoreThreshold_CutsTheListThere(string function, int seed, bool half)
    {
        Case shape = new(new Random(seed), function, half);
        RowScore[] all = shape.Search.Search(shape.Blocks, shape.Query(0), new() { Top = shape.Rows.Length + 1 })[0];
        double threshold = all.Length == 0 ? 0 : all[all.Length / 2].Score;

        RowScore[] kept = shape.Search.Search(shape.Blocks, shape.Query(0), new() { Top = shape.Rows.Length + 1, ScoreThreshold = threshold })[0];

        Assert.Equal(all.Where(row => NaiveDistance.HigherIsNearer(function) ? row.Score >= threshold : row.Score <= threshold), kept);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Search_LargeCollection_IsTheSameOnAnyNumberOfThreads(int queryCount)
    {
        const int Dimensions = 24;
        Random random = new(queryCount);
        // Few different values: many rows tie, and the threads' order must not show.
        float[] rows = [.. Enumerable.Range(0, 60_000 * Dimensions).Select(_ => (float)random.Next(2))];
        float[] queries = [.. Enumerable.Range(0, queryCount * Dimensions).Select(_ => (float)random.Next(2))];
        RowBlock[] blocks = [RowBlock.Of(0, rows.AsMemory(0, 1000 * Dimensions), Dimensions), RowBlock.Of(1000, rows.AsMemory(1000 * Dimensions), Dimensions)];
        RowSearchOptions options = new() { Top = 50, Skip = 5 };
        ReadOnlyMemory<int> list = Enumerable.Range(0, 60_000).ToArray();

        RowScore[][] serial = Search(1).Search(blocks, queries, options);

        Assert.Equal(serial, Search(4).Search(blocks, queries, options));
        Assert.Equal(serial, Search(4).SearchRows(blocks, list, queries, options));

        static ExactSearch Search(int threads) => new(VectorMeasure.Find(DistanceFunction.HammingDistance)!, Dimensions) { MaxThreads = threads };
    }

    [Fact]
    public void Search_ZeroVectors_HaveCosineZero()
    {
        RowBlock[] blocks = [Block(0, [[0, 0], [1, 1], [-1, -1]])];
        ExactSearch search = new(VectorMeasure.Find(null)!, 2);

        Assert.Equal([0, 0, 0], search.Search(blocks, new float[] { 0, 0 }, new() { Top = 3 })[0].Select(row => row.Score));
        Assert.Equal([1, 0, 2], search.Search(blocks, new float[] { 1, 1 }, new() { Top = 3 })[0].Select(row => row.Row));
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity, 1e30f, 1.0)]
    [InlineData(DistanceFunction.CosineSimilarity, 1e-40f, 1.0)]
    [InlineData(DistanceFunction.DotProductSimilarity, 1e30f, 2e60)]
    [InlineData(DistanceFunction.EuclideanDistance, 1e30f, 0.0)]
    public void Search_ExtremeVectors_KeepTheirScore(string function, float value, double expected)
    {
        RowBlock[] blocks = [Block(0, [[value, value]])];

        RowScore found = new ExactSearch(VectorMeasure.Find(function)!, 2).Search(blocks, new[] { value, value }, new() { Top = 1 })[0].Single();

        Assert.Equal(expected, found.Score, Math.Max(1e-6, expected * 1e-6));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Search_VectorsOfAnyLength_ScoresLikeTheNaiveTwin(string function, int seed, bool half)
    {
        Random random = new(seed);
        int dimensions = random.Next(1, 70);
        float most = half ? 4 : 37;
        float[][] rows = [.. Enumerable.Range(0, 40).Select(_ => Vector(half ? -5 : -40))];
        rows = half ? [.. rows.Select(row => row.Select(value => (float)(Half)value).ToArray())] : rows;
        float[] query = Vector(-40);
        float[] scales = [.. rows.Select(row => VectorMeasure.ScaleOf(row))];
        RowBlock block = half
            ? RowBlock.Of(0, rows.SelectMany(row => row).Select(value => (Half)value).ToArray(), dimensions, scales)
            : RowBlock.Of(0, rows.SelectMany(row => row).ToArray(), dimensions, scales);

        RowScore[] found = new ExactSearch(VectorMeasure.Find(function)!, dimensions).Search([block], query, new() { Top = 40 })[0];

        Assert.Equal(40, found.Length);
        Assert.All(found, row =>
        {
            double expected = NaiveScore(function, query, rows[row.Row]);
            Assert.Equal(expected, row.Score, 1e-5 * Math.Max(1, Magnitude(function, query, rows[row.Row])));
        });

        float[] Vector(float least)
        {
            float length = MathF.Pow(10, least + (random.NextSingle() * (most - least)));
            return [.. Enumerable.Range(0, dimensions).Select(_ => length * ((random.NextSingle() * 2) - 1))];
        }
    }

    [Fact]
    public void Search_OverflowingDotProducts_AreOrderedInDoublePrecision()
    {
        float[][] rows = [[1e30f, 0], [4e30f, -1e30f], [1, 1], [2e30f, 0], [-1e30f, -1e30f]];

        RowScore[] found = new ExactSearch(VectorMeasure.Find(DistanceFunction.DotProductSimilarity)!, 2)
            .Search([Block(0, rows)], new[] { 1e30f, 1e30f }, new() { Top = 4 })[0];

        Assert.Equal([1, 3, 0, 2], found.Select(row => row.Row));
    }

    [Fact]
    public void Search_Cancelled_Throws()
    {
        RowBlock[] blocks = [Block(0, [[1, 2]])];

        Assert.Throws<OperationCanceledException>(() =>
            new ExactSearch(VectorMeasure.Find(null)!, 2).Search(blocks, new float[] { 1, 2 }, new() { Top = 1 }, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Search_FilterThrowsOrCancels_ThrowsTheSameOnAnyNumberOfThreads(int threads)
    {
        RowBlock[] blocks = [RowBlock.Of(0, new float[100_000 * 16], 16)];
        ExactSearch search = new(VectorMeasure.Find(null)!, 16) { MaxThreads = threads };
        using CancellationTokenSource source = new();

        Assert.Throws<FormatException>(() => search.Search(blocks, new float[16], new() { Top = 1, Accepts = _ => throw new FormatException() }));
        Assert.ThrowsAny<OperationCanceledException>(() => search.Search(blocks, new float[16], new() { Top = 1, Accepts = Cancel }, source.Token));

        bool Cancel(int row)
        {
            source.Cancel();
            return false;
        }
    }

    [Fact]
    public void Normalize_UnitRowsWithoutScales_GiveTheSameCosine()
    {
        Random random = new(3);
        float[][] rows = [.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, 33).Select(_ => random.NextSingle() - 0.5f).ToArray())];
        float[] unit = new float[50 * 33];
        VectorMeasure.Normalize(rows.SelectMany(row => row).ToArray(), 33, unit);
        ExactSearch search = new(VectorMeasure.Find(null)!, 33);

        RowScore[] scaled = search.Search([Block(0, rows)], rows[7], new() { Top = 50 })[0];
        RowScore[] normalized = search.Search([RowBlock.Of(0, unit, 33)], rows[7], new() { Top = 50 })[0];

        Assert.Equal(scaled.Select(row => row.Row), normalized.Select(row => row.Row));
        Assert.All(scaled.Zip(normalized), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-6));
    }

    private static RowBlock Block(int firstRow, float[][] rows) => RowBlock.Of(
        firstRow,
        rows.SelectMany(row => row).ToArray(),
        rows.Length == 0 ? 1 : rows[0].Length,
        rows.Select(row => VectorMeasure.ScaleOf(row)).ToArray());

    private static double NaiveScore(string function, float[] query, float[] row) =>
        function is DistanceFunction.CosineSimilarity or DistanceFunction.CosineDistance && (query.All(value => value == 0) || row.All(value => value == 0))
            ? (function == DistanceFunction.CosineSimilarity ? 0 : 1)
            : NaiveDistance.Score(function, query, row);

    // Terms of both signs cancel: a float's error is relative to what was added up.
    private static double Magnitude(string function, float[] query, float[] row) => function switch
    {
        DistanceFunction.DotProductSimilarity or DistanceFunction.NegativeDotProductSimilarity => query.Zip(row, (x, y) => Math.Abs((double)x * y)).Sum(),
        _ => Math.Abs(NaiveScore(function, query, row)),
    };

    private sealed class Case
    {
        public Case(Random random, string function, bool half)
        {
            int dimensions = random.Next(3) == 0 ? random.Next(1, 20) : random.Next(1, 1101);
            QueryCount = random.Next(1, 40);
            Rows = [.. Enumerable.Range(0, random.Next(0, 201)).Select(_ => Vector(random, dimensions))];
            Rows = half ? [.. Rows.Select(row => row.Select(value => (float)(Half)value).ToArray())] : Rows;
            Queries = Enumerable.Range(0, QueryCount).SelectMany(_ => Vector(random, dimensions)).ToArray();
            Search = new ExactSearch(VectorMeasure.Find(function)!, dimensions) { MaxThreads = 3 };
            Blocks = Split(random, dimensions, half);
        }

        public ExactSearch Search { get; }

        public float[][] Rows { get; }

        public float[] Queries { get; }

        public int QueryCount { get; }

        public RowBlock[] Blocks { get; }

        public float[] Query(int index) => Queries.AsSpan(index * (Queries.Length / QueryCount), Queries.Length / QueryCount).ToArray();

        private static float[] Vector(Random random, int dimensions) => random.Next(20) == 0
            ? new float[dimensions]
            : [.. Enumerable.Range(0, dimensions).Select(_ => random.Next(4) == 0 ? 1 : (random.NextSingle() * 2) - 1)];

        private RowBlock[] Split(Random random, int dimensions, bool half)
        {
            List<RowBlock> blocks = [];
            for (int start = 0; start < Rows.Length;)
            {
                float[][] rows = [.. Rows.Skip(start).Take(random.Next(0, 90))];
                float[] scales = [.. rows.Select(row => VectorMeasure.ScaleOf(row))];
                blocks.Add(half
                    ? RowBlock.Of(start, rows.SelectMany(row => row).Select(value => (Half)value).ToArray(), dimensions, scales)
                    : RowBlock.Of(start, rows.SelectMany(row => row).ToArray(), dimensions, scales));
                start += rows.Length;
            }

            return [.. blocks];
        }
    }
}
