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
}
