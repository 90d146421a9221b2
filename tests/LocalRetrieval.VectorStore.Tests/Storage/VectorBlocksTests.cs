using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class VectorBlocksTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_RandomVectors_HaveTheCosineOfWhatIsStored(bool isHalf)
    {
        const int Dimensions = 5;
        Random random = new(8);
        VectorBlocks vectors = new(Dimensions, isHalf);
        vectors.EnsureCapacity(200);
        for (int row = 0; row < 200; row++)
        {
            // Some are so short that little is left of them in Half.
            float length = row % 2 == 0 ? 1 : 2e-7f;
            vectors.Set(row, [.. Enumerable.Range(0, Dimensions).Select(_ => length * (random.NextSingle() - 0.4f))]);
        }

        float[] query = [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle())];
        RowScore[] found = new ExactSearch(VectorMeasure.Find(DistanceFunction.CosineSimilarity)!, Dimensions)
            .Search(vectors.Read(200), query, new() { Top = 200 })[0];

        Assert.Equal(200, found.Length);
        Assert.All(found, row =>
        {
            float[] stored = vectors.Get(row.Row);
            double expected = stored.All(value => value == 0) ? 0 : NaiveDistance.Score(DistanceFunction.CosineSimilarity, query, stored);
            Assert.Equal(expected, row.Score, 1e-6);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Copy_RowsOfSeveralBlocks_KeepsVectorsAndScales(bool isHalf)
    {
        const int Count = 10_000;
        VectorBlocks source = new(3, isHalf);
        VectorBlocks target = new(3, isHalf);
        source.EnsureCapacity(Count);
        target.EnsureCapacity(Count);
        for (int row = 0; row < Count; row++)
        {
            source.Set(row, [row % 1000, 0.1f, -row % 7]);
            target.Copy(Count - 1 - row, source, row);
        }

        RowScore[] expected = Nearest(source);
        RowScore[] found = Nearest(target);

        Assert.All(Enumerable.Range(0, Count), row => Assert.Equal(source.Get(row), target.Get(Count - 1 - row)));
        Assert.Equal(expected.Select(row => row.Score), found.Select(row => row.Score));

        static RowScore[] Nearest(VectorBlocks vectors) =>
            new ExactSearch(VectorMeasure.Find(null)!, 3).Search(vectors.Read(Count), new float[] { 1, 2, 3 }, new() { Top = Count })[0];
    }
}
