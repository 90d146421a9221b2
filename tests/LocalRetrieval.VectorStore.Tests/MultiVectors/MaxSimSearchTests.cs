using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.MultiVectors;

public sealed class MaxSimSearchTests
{
    // Enough to be shared by threads.
    private const int Rows = 4000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Search_OneThreadOrMany_IsTheNaiveTwin(bool isQuantized)
    {
        Random random = new(7);
        TokenFormat format = new(MultiNote.Dimensions, isQuantized);
        MultiVectorEmbedding[] documents = [.. Enumerable.Range(0, Rows).Select(_ => TokenVectors.Random(random))];
        TokenBlocks blocks = Fill(format, documents);
        for (int round = 0; round < 8; round++)
        {
            MultiVectorEmbedding query = TokenVectors.Random(random, mostVectors: 9);
            int[]? list = round % 2 == 0 ? null : [.. Enumerable.Range(0, Rows).Where(_ => random.Next(3) == 0)];
            RowSearchOptions options = new() { Top = 20, Skip = round, Accepts = round % 3 == 0 ? null : row => row % 5 != 0 };

            RowScore[] found = new MaxSimSearch(format) { MaxThreads = 1 }.Search(blocks, Rows, list, query.Vectors, options);

            Assert.Equal(found, new MaxSimSearch(format) { MaxThreads = 7 }.Search(blocks, Rows, list, query.Vectors, options));
            Dictionary<int, double> naive = (list ?? Enumerable.Range(0, Rows)).Where(row => options.Accepts?.Invoke(row) != false)
                .ToDictionary(row => row, row => TokenVectors.MaxSim(query, TokenVectors.Stored(documents[row], isQuantized)));
            Assert.Equal(20, found.Length);
            double[] best = [.. naive.Values.OrderDescending().Skip(round).Take(20)];
            Assert.All(found.Zip(best), pair => Assert.Equal(pair.Second, pair.First.Score, 1e-3));
            Assert.All(found, row => Assert.Equal(naive[row.Row], row.Score, 1e-3));
        }
    }

    [Fact]
    public void Search_EquallyGoodRowsAndAThreshold_GivesTheFirstOnesAndThoseThatPass()
    {
        TokenFormat format = new(2, isQuantized: true);
        TokenBlocks blocks = Fill(format, [new(new[] { 1f, 0 }, 2), new(new[] { 0f, 1, 0, -1 }, 2), new(new[] { 1f, 0 }, 2), new(Array.Empty<float>(), 2)]);

        RowScore[] found = new MaxSimSearch(format).Search(blocks, 4, list: null, new[] { 1f, 0 }, new() { Top = 9 });

        Assert.Equal([0, 2, 1, 3], found.Select(row => row.Row));
        Assert.Equal([1, 1, 0, 0], found.Select(row => Math.Round(row.Score, 4)));
        Assert.Equal([0, 2], new MaxSimSearch(format).Search(blocks, 4, list: null, new[] { 1f, 0 }, new() { Top = 9, ScoreThreshold = 0.5 }).Select(row => row.Row));
    }

    [Fact]
    public void Search_Cancelled_Throws()
    {
        TokenFormat format = new(2, isQuantized: true);
        TokenBlocks blocks = Fill(format, [new(new[] { 1f, 0 }, 2)]);

        Assert.ThrowsAny<OperationCanceledException>(() => new MaxSimSearch(format).Search(blocks, 1, list: null, new[] { 1f, 0 }, new() { Top = 9 }, new CancellationToken(canceled: true)));
    }

    private static TokenBlocks Fill(TokenFormat format, MultiVectorEmbedding[] documents)
    {
        TokenBlocks blocks = new(format);
        for (int row = 0; row < documents.Length; row++)
        {
            blocks.EnsureCapacity(row + 1);
            blocks.Set(row, new TokenArray(format, documents[row].Vectors.Span).Row);
        }

        return blocks;
    }
}
