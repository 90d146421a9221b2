using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class WholeVectorsTests
{
    public static TheoryData<string, bool> Cases()
    {
        TheoryData<string, bool> cases = [];
        foreach (string name in VectorMeasure.SupportedNames.Split(", "))
        {
            cases.Add(name, true);
            cases.Add(name, false);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compare_ScatteredRows_AreAsNearAsToExactSearch(string function, bool isHalf)
    {
        Random random = new(3);
        foreach (int dimensions in new[] { 1, 7, 8, 37, 384 })
        {
            GraphVectors vectors = new([.. Enumerable.Range(0, 700).Select(row => row % 50 == 0 ? new float[dimensions] : GraphVectors.Gaussian(random, dimensions, 1))], function, isHalf);
            WholeVectors whole = new(vectors.Measure, dimensions);
            whole.Take(vectors.Blocks, vectors.Count);
            float[] query = GraphVectors.Gaussian(random, dimensions, 1);
            int[] rows = [.. Enumerable.Range(0, vectors.Count).OrderBy(_ => random.Next())];
            float[] nearness = new float[rows.Length];
            float[] neighboring = new float[rows.Length];

            whole.Compare(whole.Prepare(query), rows, nearness);
            whole.Compare(whole.Prepare(query), 0, neighboring);

            Assert.Equal(
                vectors.Nearest(query, vectors.Count).Select(row => (row.Row, row.Score)).OrderBy(row => row.Row),
                rows.Select((row, i) => (row, Score: vectors.Measure.Score(nearness[i]))).OrderBy(row => row.row));
            Assert.Equal(rows.Select((row, i) => (row, nearness[i])).OrderBy(row => row.row).Select(row => row.Item2), neighboring);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PrepareRow_OtherRows_AreAboutAsNearAsToItsVector(string function, bool isHalf)
    {
        Random random = new(4);
        GraphVectors vectors = new(GraphVectors.Clustered(random, 200), function, isHalf);
        WholeVectors whole = new(vectors.Measure, vectors.Dimensions);
        whole.Take(vectors.Blocks, vectors.Count);
        float[] expected = new float[vectors.Count];
        float[] actual = new float[vectors.Count];

        whole.Compare(whole.Prepare(vectors.Blocks.Get(17)), 0, expected);
        whole.Compare(whole.PrepareRow(17), 0, actual);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.DotProductSimilarity)]
    [InlineData(DistanceFunction.EuclideanDistance)]
    [InlineData(DistanceFunction.ManhattanDistance)]
    public void Compare_ExtremeVectors_AlwaysHaveAnOrder(string function)
    {
        GraphVectors vectors = new([[1e30f, 1e30f], [-3e38f, 3e38f], [1e-40f, 0], [0, 0], [1, 1]], function);
        WholeVectors whole = new(vectors.Measure, 2);
        whole.Take(vectors.Blocks, vectors.Count);
        float[] nearness = new float[vectors.Count];
        foreach (RowQuery query in new[] { whole.Prepare([1e30f, -1e30f]), whole.Prepare([1e-40f, 1e-40f]), whole.PrepareRow(0), whole.PrepareRow(1), whole.PrepareRow(2), whole.PrepareRow(3) })
        {
            whole.Compare(query, 0, nearness);

            Assert.DoesNotContain(float.NaN, nearness);
        }

        whole.Compare(whole.PrepareRow(2), 0, nearness);
        Assert.True(function != DistanceFunction.CosineSimilarity || Math.Abs(nearness[2] - 1) < 1e-6);
    }

    [Fact]
    public void AreEqual_RowsOfSameValues_AndNoOthers()
    {
        GraphVectors vectors = new([[1, 2], [1, 2], [1, 2.0000002f]]);
        WholeVectors whole = new(vectors.Measure, 2);
        whole.Take(vectors.Blocks, vectors.Count);

        Assert.True(whole.AreEqual(0, 1));
        Assert.False(whole.AreEqual(1, 2));
    }

    [Fact]
    public void Compare_RowsThatGrowMeanwhile_StayWhereTheyAre()
    {
        // A block that is alone is copied while it grows.
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(5), 20));
        WholeVectors whole = new(vectors.Measure, vectors.Dimensions);
        whole.Take(vectors.Blocks, vectors.Count);
        RowQuery row = whole.PrepareRow(3);
        float[] before = new float[20];
        float[] after = new float[20];
        whole.Compare(row, 0, before);
        for (int i = 0; i < 20_000; i++)
        {
            vectors.Append(vectors.Vectors[i % 20]);
        }

        whole.Compare(row, 0, after);
        Assert.Equal(before, after);
        whole.Take(vectors.Blocks, vectors.Count);
        whole.Compare(row, 10_000, after);
        Assert.Equal(before, after);
    }
}
