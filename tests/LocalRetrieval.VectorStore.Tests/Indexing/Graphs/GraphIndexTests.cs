using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class GraphIndexTests
{
    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity, false)]
    [InlineData(DistanceFunction.CosineDistance, true)]
    [InlineData(DistanceFunction.EuclideanDistance, false)]
    [InlineData(DistanceFunction.ManhattanDistance, true)]
    public void Search_RowsFound_HaveTheScoresAndTheOrderOfExactSearch(string function, bool isHalf)
    {
        Random random = new(1);
        float[][] rows = GraphVectors.Clustered(random, 2050);
        GraphVectors vectors = new(rows[..2000], function, isHalf);
        GraphIndex index = GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 200));
        foreach (float[] query in rows[2000..])
        {
            Dictionary<int, double> scores = vectors.Nearest(query, vectors.Count).ToDictionary(row => row.Row, row => row.Score);

            RowScore[] found = index.Search(vectors, query);

            Assert.Equal(10, found.Length);
            Assert.All(found, row => Assert.Equal(scores[row.Row], row.Score));
            int direction = vectors.Measure.HigherIsNearer ? -1 : 1;
            Assert.Equal(found.OrderBy(row => direction * row.Score).ThenBy(row => row.Row), found);
        }
    }

    [Fact]
    public void Search_EnoughKept_GivesExactlyWhatExactSearchGives()
    {
        Random random = new(2);
        float[][] rows = GraphVectors.Clustered(random, 2020, spread: 1.5f);
        GraphVectors vectors = new(rows[..2000]);
        GraphIndex index = GraphIndexes.Of(vectors, new GraphSettings(EfConstruction: 300, EfSearch: 450));
        float[][] queries = rows[2000..];
        double threshold = vectors.Nearest(queries[0], 8)[^1].Score;

        Assert.Equal(queries.Select(query => vectors.Nearest(query, 10)), index.SearchMany(vectors, queries));
        Assert.Equal(vectors.Nearest(queries[1], 6, skip: 5), index.Search(vectors, queries[1], 6, skip: 5));
        Assert.Equal(vectors.Nearest(queries[0], 12, threshold: threshold), index.Search(vectors, queries[0], 12, threshold: threshold));
        Assert.Equal(8, index.Search(vectors, queries[0], 12, threshold: threshold).Length);
    }

    [Fact]
    public void Search_RowsThatItDoesNotKnowYet_AreCompared()
    {
        Random random = new(3);
        float[][] rows = GraphVectors.Clustered(random, 2020, spread: 1.5f);
        GraphVectors vectors = new(rows[..2000]);
        GraphIndex index = GraphIndexes.Empty(vectors, new GraphSettings(EfConstruction: 200, EfSearch: 300));
        index.Add(vectors.Blocks, 1500, _ => true, CancellationToken.None);
        int[] candidates = [.. Enumerable.Range(0, 2000).Where(row => row % 3 > 0)];
        foreach (float[] query in rows[2000..])
        {
            Assert.Equal(vectors.Nearest(query, 10), index.Search(vectors, query));
            Assert.Equal(vectors.Nearest(query, 10, row => row % 2 == 0), index.Search(vectors, query, accepts: row => row % 2 == 0, isFiltered: true));
            Assert.Equal(vectors.Nearest(query, 10, row => row % 3 > 0), index.Search(vectors, query, candidates: candidates));
        }
    }

    [Fact]
    public void Search_SeveralQueriesWhileItIsBehind_FindsWhatEachFindsAlone()
    {
        Random random = new(16);
        float[][] rows = GraphVectors.Clustered(random, 2020);
        GraphVectors vectors = new(rows[..2000]);
        GraphIndex index = GraphIndexes.Empty(vectors, new GraphSettings(EfSearch: 64));
        foreach (int known in new[] { 600, 1500 })
        {
            index.Add(vectors.Blocks, known, _ => true, CancellationToken.None);
            int[] alone = [.. rows[2000..].Select(query => index.Search(vectors, query)[0].Row)];

            Assert.Equal(alone, index.SearchMany(vectors, rows[2000..]).Select(found => found[0].Row));
        }

        // Most rows are later ones, so that all are compared.
        GraphIndex behind = GraphIndexes.Empty(vectors, new GraphSettings(EfSearch: 16));
        behind.Add(vectors.Blocks, 900, _ => true, CancellationToken.None);
        Assert.Equal(rows[2000..].Select(query => vectors.Nearest(query, 10)), behind.SearchMany(vectors, rows[2000..]));
    }

    [Fact]
    public void Search_LaterRows_AreNotReturned()
    {
        Random random = new(4);
        float[][] rows = GraphVectors.Clustered(random, 3020, spread: 1.5f);
        GraphVectors vectors = new(rows[..3000]);
        GraphIndex index = GraphIndexes.Of(vectors, new GraphSettings(EfConstruction: 200, EfSearch: 400));
        foreach (float[] query in rows[3000..])
        {
            RowScore[] found = index.Search(vectors, query, rows: 2000, accepts: row => row < 2000 ? row % 10 > 0 : throw new InvalidOperationException("The reader does not know the row."));

            Assert.Equal(vectors.Nearest(query, 10, row => row < 2000 && row % 10 > 0), found);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(2000)]
    public void Search_FewerVisibleThanAskedFor_GivesAllOfThem(int visible)
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(5), 8000));
        GraphIndex index = GraphIndexes.Of(vectors);
        int[] live = [.. Enumerable.Range(0, vectors.Count).OrderBy(row => (row * 7919L) % 8009).Take(visible).Order()];

        Assert.Equal(Math.Min(visible, 20), index.Search(vectors, vectors.Vectors[0], 20, row => live.AsSpan().BinarySearch(row) >= 0).Length);
        Assert.Equal(Math.Min(visible, 20), index.Search(vectors, vectors.Vectors[0], 20, row => live.AsSpan().BinarySearch(row) >= 0, isFiltered: true).Length);
        Assert.Equal(Math.Min(visible, 20), index.Search(vectors, vectors.Vectors[0], 20, candidates: live).Length);
        Assert.Equal(visible, index.Search(vectors, vectors.Vectors[0], 3000, candidates: live).Length);
    }

    [Fact]
    public void Search_NoRowsOneRowOrNoneVisible_GivesWhatThereIs()
    {
        GraphVectors one = new([[1, 2, 3]]);
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(6), 2000));
        GraphIndex index = GraphIndexes.Of(one);

        Assert.Empty(GraphIndexes.Empty(one).Search(one, [1, 0, 0], rows: 0));
        Assert.Equal([0], index.Search(one, [1, 0, 0]).Select(row => row.Row));
        Assert.Empty(GraphIndexes.Of(vectors).Search(vectors, vectors.Vectors[3], accepts: _ => false));
        Assert.Equal(10, GraphIndexes.Of(vectors, hasVector: _ => false).Search(vectors, vectors.Vectors[3]).Length);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 4)]
    [InlineData(DistanceFunction.DotProductSimilarity, 1)]
    [InlineData(DistanceFunction.EuclideanDistance, 1)]
    public void Search_ManyEqualRows_DoNotHideTheOthers(string? function, int threads)
    {
        Random random = new(7);
        float[][] others = GraphVectors.Clustered(random, 2100);
        float[] equal = others[0];
        float[][] rows = [.. Enumerable.Repeat(equal, 10_000), .. others[..2000]];
        random.Shuffle(rows);
        GraphVectors vectors = new(rows, function);
        GraphIndex index = GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 128, Threads: threads));

        Assert.InRange(index.Recall(vectors, others[2000..]), .97, 1);
        Assert.InRange(index.Recall(vectors, [.. Enumerable.Range(0, 30).Select(_ => GraphVectors.Near(random, equal, .2f))]), .97, 1);
        Assert.Equal(vectors.Nearest(equal, 300).Select(row => row.Score), index.Search(vectors, equal, 300).Select(row => row.Score));
        if (threads == 1)
        {
            Assert.Equal(vectors.Nearest(equal, 300), index.Search(vectors, equal, 300));
        }

        Assert.InRange(Enumerable.Range(0, index.Count).Count(row => index.Graph.IsTwin(row)), threads == 1 ? 10_000 : 9_000, 10_000);
    }

    [Fact]
    public void Search_EqualRowsOfWhichFewAreVisible_FindsThose()
    {
        Random random = new(8);
        float[][] others = GraphVectors.Clustered(random, 3000);
        GraphVectors vectors = new([.. Enumerable.Repeat(others[0], 500), .. others]);
        GraphIndex index = GraphIndexes.Of(vectors);

        RowScore[] found = index.Search(vectors, others[0], 3, row => row >= 500 || row == 321);

        Assert.Equal(vectors.Nearest(others[0], 3, row => row >= 500 || row == 321), found);
        Assert.Equal([321, 500], found.Take(2).Select(row => row.Row));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(DistanceFunction.DotProductSimilarity)]
    [InlineData(DistanceFunction.EuclideanDistance)]
    public void Search_ZeroVectors_AreFoundWhereTheyAreNear(string? function)
    {
        Random random = new(9);
        float[] direction = GraphVectors.Gaussian(random, 16, 1);
        float[][] cone = [.. Enumerable.Range(0, 3000).Select(_ => GraphVectors.Near(random, direction, .3f))];
        GraphVectors vectors = new([.. cone.SelectMany((row, i) => i % 10 == 0 ? new[] { row, new float[16] } : [row])], function);
        GraphIndex index = GraphIndexes.Of(vectors);
        float[] opposite = [.. direction.Select(value => -value)];

        // Everything else points away from it.
        Assert.Equal(vectors.Nearest(opposite, 10).Select(row => row.Score), index.Search(vectors, opposite).Select(row => row.Score));
        Assert.Equal(10, index.Search(vectors, new float[16]).Length);
        Assert.InRange(index.Recall(vectors, cone[..50]), .95, 1);
    }

    [Fact]
    public void Add_WithoutEfSearch_ChoosesOneThatReachesTheTarget()
    {
        Random random = new(10);
        float[][] rows = GraphVectors.Clustered(random, 6200, dimensions: 48, spread: .8f);
        GraphVectors vectors = new(rows[..6000]);
        GraphIndex modest = GraphIndexes.Of(vectors, new GraphSettings(M: 8, TargetRecall: .8));
        GraphIndex strict = GraphIndexes.Of(vectors, new GraphSettings(M: 8, TargetRecall: .99));

        Assert.True(modest.EfSearch < strict.EfSearch, $"{modest.EfSearch} for .8, {strict.EfSearch} for .99.");
        Assert.InRange(modest.Recall(vectors, rows[6000..]), .8, 1);
        Assert.InRange(strict.Recall(vectors, rows[6000..]), .98, 1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(DistanceFunction.DotProductSimilarity)]
    public void Add_ZeroVectorsOnly_IsSearchedAndTakesOthers(string? function)
    {
        float[][] rows = GraphVectors.Clustered(new Random(13), 2000);
        GraphVectors vectors = new([.. Enumerable.Repeat(new float[24], 1100), .. rows], function);
        GraphIndex index = GraphIndexes.Empty(vectors);

        index.Add(vectors.Blocks, 1100, _ => true, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 10), index.Search(vectors, rows[0], rows: 1100).Select(row => row.Row));
        index.Add(vectors.Blocks, vectors.Count, _ => true, CancellationToken.None);
        Assert.InRange(index.Recall(vectors, rows[..50]), .95, 1);
    }

    [Fact]
    public void Search_ZeroVectorsThatAreFarOrGone_AreNotAskedFor()
    {
        Random random = new(17);
        float[] direction = GraphVectors.Gaussian(random, 16, 1);
        GraphVectors vectors = new([.. Enumerable.Range(0, 3000).Select(row => row % 2 == 0 ? GraphVectors.Near(random, direction, .3f) : new float[16])]);
        GraphIndex index = GraphIndexes.Of(vectors);
        float[] opposite = [.. direction.Select(value => -value)];
        int asked = 0;

        Assert.Equal(10, index.Search(vectors, direction, accepts: IsEven).Length);
        Assert.Equal(0, asked);

        // They would be near, if they were there.
        Assert.Equal(10, index.Search(vectors, opposite, accepts: IsEven).Length);
        Assert.Equal(1500, asked);
        index.Repair(vectors.Blocks, row => row % 2 == 0, CancellationToken.None);
        asked = 0;
        Assert.Equal(10, index.Search(vectors, opposite, accepts: IsEven).Length);
        Assert.Equal(0, asked);

        bool IsEven(int row)
        {
            asked += row % 2;
            return row % 2 == 0;
        }
    }

    [Fact]
    public void Add_Cancelled_KeepsWhatWasAdded()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(11), 5000));
        GraphIndex index = GraphIndexes.Empty(vectors);
        using CancellationTokenSource source = new();
        int seen = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => index.Add(vectors.Blocks, vectors.Count, HasVector, source.Token));
        int known = index.Count;
        index.Add(vectors.Blocks, vectors.Count, _ => true, CancellationToken.None);

        Assert.InRange(known, 1, 4999);
        Assert.Equal(GraphIndexes.Of(vectors).Graph.Hash(), index.Graph.Hash());

        bool HasVector(int row)
        {
            // Asked of a piece of rows before they are added.
            if (row > 2000 && ++seen == 1)
            {
                source.Cancel();
            }

            return true;
        }
    }

    [Fact]
    public void Search_SeveralQueriesOfWhichOneFails_ThrowsWhatThatThrew()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(15), 1500));
        GraphIndex index = GraphIndexes.Of(vectors);
        float[][] queries = [.. vectors.Vectors.Take(8)];

        Assert.Throws<InsufficientMemoryException>(() => index.SearchMany(vectors, queries, accepts: _ => throw new InsufficientMemoryException()));
        Assert.Throws<OperationCanceledException>(() => index.SearchMany(vectors, queries, accepts: _ => throw new OperationCanceledException()));
    }

    [Fact]
    public void Search_Cancelled_Throws()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(12), 1000));
        VectorIndexSearch search = new() { Blocks = vectors.Blocks.Read(1000), Rows = 1000, Queries = vectors.Vectors[0], Options = new RowSearchOptions { Top = 3, Accepts = _ => true } };

        Assert.Throws<OperationCanceledException>(() => GraphIndexes.Of(vectors).Search(search, new CancellationToken(canceled: true)));
    }
}
