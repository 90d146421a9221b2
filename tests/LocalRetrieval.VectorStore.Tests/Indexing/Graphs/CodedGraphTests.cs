using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class CodedGraphTests
{
    [Theory]
    [InlineData(VectorQuantization.Half, null)]
    [InlineData(VectorQuantization.Int8, null)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.EuclideanDistance)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.ManhattanDistance)]
    [InlineData(VectorQuantization.Binary, null)]
    public void Search_GraphOverCodes_ReachesTheTargetWithTheScoresOfWholeVectors(VectorQuantization quantization, string? function)
    {
        Random random = new(1);
        float[][] rows = GraphVectors.Clustered(random, 4100, dimensions: 64);
        GraphVectors vectors = new(rows[..4000], function);
        VectorIndex index = Build(vectors, quantization, vectors.Count);
        foreach (float[] query in rows[4000..4010])
        {
            Dictionary<int, double> scores = vectors.Nearest(query, vectors.Count).ToDictionary(row => row.Row, row => row.Score);

            Assert.All(index.Search(vectors, query), row => Assert.Equal(scores[row.Row], row.Score));
        }

        Assert.InRange(index.Recall(vectors, rows[4000..]), .95, 1);
    }

    [Theory]
    [InlineData(VectorQuantization.Int8)]
    [InlineData(VectorQuantization.Binary)]
    public void Search_ManyRows_ReachesTheTargetToo(VectorQuantization quantization)
    {
        Random random = new(3);
        float[][] rows = GraphVectors.Clustered(random, 4020, dimensions: 64);
        GraphVectors vectors = new(rows[..4000]);
        VectorIndex index = Build(vectors, quantization, vectors.Count);

        Assert.InRange(index.Recall(vectors, rows[4000..], top: 100), .95, 1);
        Assert.InRange(index.Recall(vectors, rows[4000..], top: 600), .95, 1);
    }

    [Fact]
    public void Renumber_GraphOverCodes_FindsAsMuchAsBefore()
    {
        Random random = new(2);
        float[][] rows = GraphVectors.Clustered(random, 4100, dimensions: 64);
        GraphVectors vectors = new([.. rows[..4000], .. Enumerable.Repeat(rows[7], 200)]);
        VectorIndex index = Build(vectors, VectorQuantization.Int8, vectors.Count);
        int next = 0;
        int[] newRows = [.. Enumerable.Range(0, vectors.Count).Select(row => row % 4 == 0 || row == 7 ? -1 : next++)];
        GraphVectors kept = new([.. vectors.Vectors.Where((_, row) => newRows[row] >= 0)]);

        VectorIndex renumbered = index.Renumber(newRows, kept.Blocks, CancellationToken.None);

        Assert.InRange(renumbered.Recall(kept, rows[4000..]), .95, 1);
        Assert.Equal(kept.Nearest(rows[7], 10), renumbered.Search(kept, rows[7]));
    }

    private static GraphIndex Build(GraphVectors vectors, VectorQuantization quantization, int rows)
    {
        GraphIndex index = new(vectors.Measure, vectors.Dimensions, new GraphSettings(), new CodedRows(quantization, vectors.Measure, vectors.Dimensions, seed: 0));
        index.Add(vectors.Blocks, rows, _ => true, CancellationToken.None);
        return index;
    }
}
