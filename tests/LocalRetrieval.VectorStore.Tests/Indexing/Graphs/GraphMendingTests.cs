using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class GraphMendingTests
{
    private static readonly GraphSettings Settings = new(EfSearch: 64);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Renumber_HalfReplaced_FindsAsMuchAsAFreshIndex(bool goesByClusters)
    {
        (GraphVectors vectors, float[][] queries, Func<int, bool> isLive) = HalfReplaced(goesByClusters);
        GraphIndex index = GraphIndexes.Of(vectors, Settings);
        (GraphVectors kept, int[] newRows) = Compacted(vectors, isLive);

        VectorIndex renumbered = index.Renumber(newRows, kept.Blocks, CancellationToken.None);

        Assert.Equal(kept.Count, renumbered.Count);
        double fresh = GraphIndexes.Of(kept, Settings).Recall(kept, queries);
        double actual = renumbered.Recall(kept, queries);
        Assert.InRange(fresh, .9, 1);
        Assert.True(actual >= fresh - .01, $"Fresh {fresh:P2}, renumbered {actual:P2}.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Repair_HalfReplaced_FindsAsMuchAsAFreshIndex(bool goesByClusters)
    {
        (GraphVectors vectors, float[][] queries, Func<int, bool> isLive) = HalfReplaced(goesByClusters);
        GraphIndex index = GraphIndexes.Of(vectors, Settings);

        index.Repair(vectors.Blocks, isLive, CancellationToken.None);

        (GraphVectors kept, _) = Compacted(vectors, isLive);
        double fresh = GraphIndexes.Of(kept, Settings).Recall(kept, queries);
        double actual = index.Recall(vectors, queries, isLive);
        Assert.True(actual >= fresh - .01, $"Fresh {fresh:P2}, repaired {actual:P2}.");
        Assert.All(Enumerable.Range(0, vectors.Count).Where(row => index.Graph.IsNode(row)), row =>
        {
            Assert.True(isLive(row));
            Assert.All(Neighbors(index.Graph, row), neighbor => Assert.True(isLive(neighbor)));
        });
    }

    [Fact]
    public void Repair_Cancelled_LeavesAGraphThatIsSearchedAndRepaired()
    {
        (GraphVectors vectors, float[][] queries, Func<int, bool> isLive) = HalfReplaced(goesByClusters: false);
        GraphIndex index = GraphIndexes.Of(vectors, Settings);
        CancellableVectors comparing = new(vectors);
        GraphMending.Repair(GraphIndexes.Of(vectors, Settings).Graph, isLive, comparing, CancellationToken.None);

        // After the last comparison rows have their neighbours, and those are told of it.
        int comparisons = comparing.Comparisons;
        using CancellationTokenSource source = new();
        comparing.CancelAfter(comparisons, source);

        Assert.Throws<OperationCanceledException>(() => GraphMending.Repair(index.Graph, isLive, comparing, source.Token));

        Assert.Equal(comparisons, comparing.Comparisons);
        Assert.InRange(index.Recall(vectors, queries, isLive), .85, 1);
        index.Repair(vectors.Blocks, isLive, CancellationToken.None);
        Assert.InRange(index.Recall(vectors, queries, isLive), .85, 1);
    }

    [Fact]
    public void Repair_FewGone_LeavesThem()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(1), 1000));
        GraphIndex index = GraphIndexes.Of(vectors);
        ulong before = index.Graph.Hash();

        index.Repair(vectors.Blocks, row => row % 20 > 0, CancellationToken.None);

        Assert.Equal(before, index.Graph.Hash());
    }

    [Fact]
    public void Renumber_Twice_GivesTheSameGraph()
    {
        (GraphVectors vectors, _, Func<int, bool> isLive) = HalfReplaced(goesByClusters: true);
        GraphIndex index = GraphIndexes.Of(vectors, Settings);
        ulong before = index.Graph.Hash();
        (GraphVectors kept, int[] newRows) = Compacted(vectors, isLive);

        GraphIndex first = (GraphIndex)index.Renumber(newRows, kept.Blocks, CancellationToken.None);
        GraphIndex second = (GraphIndex)index.Renumber(newRows, kept.Blocks, CancellationToken.None);

        Assert.Equal(first.Graph.Hash(), second.Graph.Hash());
        Assert.Equal(before, index.Graph.Hash());
    }

    [Fact]
    public void Renumber_EntryGone_BeginsElsewhere()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(2), 3000));
        GraphIndex index = GraphIndexes.Of(vectors, Settings);
        int entry = index.Graph.Entry.Row;
        (GraphVectors kept, int[] newRows) = Compacted(vectors, row => row != entry);

        GraphIndex renumbered = (GraphIndex)index.Renumber(newRows, kept.Blocks, CancellationToken.None);
        index.Repair(vectors.Blocks, row => row != entry && row % 8 > 0, CancellationToken.None);

        Assert.InRange(renumbered.Recall(kept, [.. kept.Vectors.Take(100)]), .97, 1);
        Assert.NotEqual(entry, index.Graph.Entry.Row);
        Assert.InRange(index.Recall(vectors, [.. vectors.Vectors.Take(100)], row => row != entry && row % 8 > 0), .97, 1);
    }

    [Fact]
    public void Renumber_MostGo_BeginsANewGraphThatTakesThoseThatStay()
    {
        float[][] rows = GraphVectors.Clustered(new Random(7), 3000);
        GraphVectors vectors = new([.. rows.Select((row, i) => i % 10 == 3 ? new float[24] : row)]);
        GraphIndex index = GraphIndexes.Of(vectors);
        (GraphVectors kept, int[] newRows) = Compacted(vectors, row => row % 2 == 1);

        VectorIndex renumbered = index.Renumber(newRows, kept.Blocks, CancellationToken.None);

        Assert.Equal(0, renumbered.Count);
        Assert.Equal(kept.Nearest(rows[1], 10), renumbered.Search(kept, rows[1]));
        renumbered.Add(kept.Blocks, kept.Count, _ => true, CancellationToken.None);
        Assert.Equal(GraphIndexes.Of(kept).Graph.Hash(), ((GraphIndex)renumbered).Graph.Hash());
        Assert.InRange(renumbered.Recall(kept, [.. kept.Vectors.Take(100)]), .95, 1);
    }

    [Fact]
    public void Renumber_AllReplacedByEqualOnes_KeepsTheGraph()
    {
        float[][] rows = GraphVectors.Clustered(new Random(8), 2000);
        GraphVectors vectors = new([.. rows, .. rows]);
        GraphIndex index = GraphIndexes.Of(vectors);
        (GraphVectors kept, int[] newRows) = Compacted(vectors, row => row >= 2000);

        VectorIndex renumbered = index.Renumber(newRows, kept.Blocks, CancellationToken.None);

        Assert.Equal(2000, renumbered.Count);
        Assert.InRange(renumbered.Recall(kept, [.. kept.Vectors.Take(100)]), .95, 1);
    }

    [Fact]
    public void Renumber_AllGone_IsEmptyAndTakesRowsAgain()
    {
        GraphVectors vectors = new(GraphVectors.Clustered(new Random(3), 2000));
        GraphIndex index = GraphIndexes.Of(vectors, Settings);
        GraphVectors others = new(GraphVectors.Clustered(new Random(4), 2000));

        VectorIndex empty = index.Renumber([.. Enumerable.Repeat(-1, 2000)], others.Blocks, CancellationToken.None);
        index.Repair(vectors.Blocks, _ => false, CancellationToken.None);

        Assert.Equal(0, empty.Count);
        Assert.Empty(empty.Search(others, others.Vectors[0], rows: 0));
        empty.Add(others.Blocks, others.Count, _ => true, CancellationToken.None);
        Assert.InRange(empty.Recall(others, [.. others.Vectors.Take(100)]), .97, 1);
        Assert.Empty(index.Search(vectors, vectors.Vectors[0], accepts: _ => false));
        vectors.Append(vectors.Vectors[5]);
        index.Add(vectors.Blocks, vectors.Count, _ => true, CancellationToken.None);
        Assert.Equal([2000], index.Search(vectors, vectors.Vectors[5], accepts: row => row == 2000).Select(row => row.Row));
    }

    [Fact]
    public void Renumber_EqualRows_StayBehindOneThatIsThere()
    {
        float[][] others = GraphVectors.Clustered(new Random(5), 2000);
        GraphVectors vectors = new([.. others, .. Enumerable.Range(0, 1000).Select(i => others[i % 100])]);
        GraphIndex index = GraphIndexes.Of(vectors, Settings);
        (GraphVectors kept, int[] newRows) = Compacted(vectors, row => row >= 50 && row % 7 > 0);

        VectorIndex renumbered = index.Renumber(newRows, kept.Blocks, CancellationToken.None);
        index.Repair(vectors.Blocks, row => row >= 50 && row % 7 > 0, CancellationToken.None);

        foreach (int row in Enumerable.Range(0, 100))
        {
            Assert.Equal(kept.Nearest(others[row], 5), renumbered.Search(kept, others[row], 5));
            Assert.Equal(
                vectors.Nearest(others[row], 5, row => row >= 50 && row % 7 > 0),
                index.Search(vectors, others[row], 5, row => row >= 50 && row % 7 > 0));
        }
    }

    [Fact]
    public void Renumber_OneClusterOfFourGoes_FindsTheOthersFromWhereverTheEntryWas()
    {
        Random random = new(6);
        float[][] centers = [.. Enumerable.Range(0, 2).Select(_ => GraphVectors.Gaussian(random, 16, 1))];
        centers = [.. centers, .. centers.Select(center => center.Select(value => -value).ToArray())];
        GraphVectors vectors = new([.. Enumerable.Range(0, 4000).Select(row => GraphVectors.Near(random, centers[row % 4], .2f))]);
        GraphIndex index = GraphIndexes.Of(vectors, Settings);
        foreach (int gone in Enumerable.Range(0, 4))
        {
            (GraphVectors kept, int[] newRows) = Compacted(vectors, row => row % 4 != gone);

            Assert.InRange(index.Renumber(newRows, kept.Blocks, CancellationToken.None).Recall(kept, [.. kept.Vectors.Take(100)]), .97, 1);
        }
    }

    private static (GraphVectors Vectors, float[][] Queries, Func<int, bool> IsLive) HalfReplaced(bool goesByClusters)
    {
        Random random = new(30);
        const int Clusters = 40;
        float[][] centers = [.. Enumerable.Range(0, Clusters).Select(_ => GraphVectors.Gaussian(random, 24, 1))];
        float[][] rows = [.. Enumerable.Range(0, 6300).Select(row => GraphVectors.Near(random, centers[row % Clusters], .6f))];
        return (new GraphVectors(rows[..6000]), rows[6000..], row => row >= 4000 || (goesByClusters ? row % Clusters < Clusters / 2 : (row * 7919L) % 4001 >= 2000));
    }

    private static (GraphVectors Kept, int[] NewRows) Compacted(GraphVectors vectors, Func<int, bool> isLive)
    {
        int next = 0;
        int[] newRows = [.. Enumerable.Range(0, vectors.Count).Select(row => isLive(row) ? next++ : -1)];
        return (new GraphVectors([.. vectors.Vectors.Where((_, row) => isLive(row))]), newRows);
    }

    private static int[] Neighbors(HnswGraph graph, int row) => [.. graph.Neighbors(row, 0).ToArray().TakeWhile(neighbor => neighbor != HnswGraph.None)];
}
