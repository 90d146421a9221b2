using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.MultiVectors;

public sealed class TokenBlocksTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Set_RowsOfAllSizes_AreFoundAsTheyWere(bool isQuantized)
    {
        Random random = new(3);
        TokenFormat format = new(40, isQuantized);
        TokenBlocks blocks = new(format, stored: null, first: 5);
        List<MultiVectorEmbedding> written = [];
        for (int row = 0; row < 2500; row++)
        {
            // Now and then one that no block has room for.
            written.Add(TokenVectors.Random(random, mostVectors: row % 500 == 0 ? 3000 : 12, dimensions: 40));
            blocks.EnsureCapacity(5 + row + 1);
            blocks.Set(5 + row, new TokenArray(format, written[row].Vectors.Span).Row);
        }

        Assert.All(Enumerable.Range(0, written.Count), row => Assert.Equal(TokenVectors.Stored(written[row], isQuantized).Vectors.ToArray(), format.Read(blocks.Find(5 + row))));
        Assert.Equal(written.Sum(vectors => (long)vectors.Count * format.Length), blocks.Bytes);
        Assert.Equal(written.Sum(vectors => (long)vectors.Count), blocks.Count);
    }

    [Fact]
    public void Find_RowThatWasNeverSet_HasNone()
    {
        TokenBlocks blocks = new(new TokenFormat(4, isQuantized: true));
        blocks.EnsureCapacity(1);

        Assert.Equal(0, blocks.Find(0).Count);
        Assert.Equal(0, blocks.Count);
    }
}
