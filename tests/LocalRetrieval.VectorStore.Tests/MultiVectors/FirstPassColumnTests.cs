using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;

namespace LocalRetrieval.VectorData.Tests.MultiVectors;

public sealed class FirstPassColumnTests
{
    private static readonly TokenFormat Format = new(2, isQuantized: true);

    [Fact]
    public void Choose_BesideRowsThatNobodySeesYet_AsksOfThoseAloneThatItWouldChoose()
    {
        // Each is a little farther from the query than the one before.
        TokenBlocks rows = Fill([.. Enumerable.Range(0, 20).Select(row => (MathF.Cos(row / 20f), MathF.Sin(row / 20f)))]);
        FirstPassColumn column = new(new PooledEncoder(2), Format, first: 0);
        column.EnsureCapacity(20);
        for (int row = 0; row < 20; row++)
        {
            column.Set(row, column.Encode(rows.Find(row)).Row);
        }

        List<int> asked = [];
        int[] chosen = column.Choose([1, 0], count: 19, list: null, new() { Top = 5, Accepts = IsAccepted }, CancellationToken.None);

        Assert.Equal([0, 1, 2, 4, 5], chosen);
        Assert.Equal([0, 1, 2, 3, 4, 5], asked);

        bool IsAccepted(int row)
        {
            asked.Add(row);
            return row != 3;
        }
    }

    [Fact]
    public void Make_SeveralThousandRows_IsTheNaiveTwin()
    {
        const int Rows = 2500;
        Random random = new(3);
        TokenBlocks rows = Fill([.. Enumerable.Range(0, Rows).Select(_ => (random.NextSingle(), random.NextSingle()))]);
        FirstPassColumn column = new(new PooledEncoder(2), Format, first: Rows);
        Assert.False(column.IsMade);

        column.Make(rows, CancellationToken.None);

        Assert.True(column.IsMade);
        Assert.All(Enumerable.Range(0, Rows), row => Assert.Equal(Format.Read(column.Encode(rows.Find(row)).Row), Format.Read(column.Find(row))));
    }

    private static TokenBlocks Fill((float X, float Y)[] vectors)
    {
        TokenBlocks rows = new(Format);
        rows.EnsureCapacity(vectors.Length);
        for (int row = 0; row < vectors.Length; row++)
        {
            rows.Set(row, new TokenArray(Format, [vectors[row].X, vectors[row].Y]).Row);
        }

        return rows;
    }
}
