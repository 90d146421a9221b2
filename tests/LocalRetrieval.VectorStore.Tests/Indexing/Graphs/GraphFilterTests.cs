using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class GraphFilterTests
{
    private const int Count = 20_000;
    private const int Clusters = 40;

    private static readonly Lazy<(GraphVectors Vectors, GraphIndex Index, float[][] Queries)> Built = new(Build);

    public static TheoryData<double, string> Filters()
    {
        TheoryData<double, string> filters = [];
        foreach (double share in new[] { .5, .1, .01, .001 })
        {
            foreach (string kind in new[] { "random", "inside", "far" })
            {
                filters.Add(share, kind);
            }
        }

        return filters;
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Search_KnownList_FindsNearlyAllThatMatch(double share, string kind)
    {
        (GraphVectors vectors, GraphIndex index, float[][] queries) = Built.Value;

        Assert.InRange(queries.Average(query => index.Recall(vectors, [query], candidates: Matching(vectors, query, share, kind))), .95, 1);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Search_FilterWithoutList_FindsNearlyAllThatMatch(double share, string kind)
    {
        (GraphVectors vectors, GraphIndex index, float[][] queries) = Built.Value;

        Assert.InRange(queries.Average(query =>
        {
            HashSet<int> matching = [.. Matching(vectors, query, share, kind)];
            return index.Recall(vectors, [query], matching.Contains, isFiltered: true);
        }), .95, 1);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Walk_KnownList_FindsNearlyAllThatMatch(double share, string kind)
    {
        // The walk alone, where an index would rather compare the few that match.
        (GraphVectors vectors, GraphIndex index, float[][] queries) = Built.Value;
        WholeVectors whole = new(vectors.Measure, vectors.Dimensions);
        whole.Take(vectors.Blocks, vectors.Count);
        FilteredGraphSearch walk = new(index.Graph, whole);
        GraphBuffers buffers = new();

        double recall = queries.Average(query =>
        {
            int[] matching = Matching(vectors, query, share, kind);
            using CandidateSet candidates = new(matching, matching.Length);
            buffers.Clear(Count, 384);
            walk.Search(whole.Prepare(query), new GraphSearch(index.Graph, whole).Descend(whole.Prepare(query), 0, Count, buffers), candidates, Count, accepts: null, int.MaxValue, buffers, out _, CancellationToken.None);
            int[] found = [.. buffers.Found.Keys[..Math.Min(10, buffers.Found.Count)].ToArray().Select(NearKey.RowOf)];
            Assert.Empty(found.Except(matching));
            int[] nearest = [.. vectors.Nearest(query, 10, row => matching.AsSpan().BinarySearch(row) >= 0).Select(row => row.Row)];
            return (double)nearest.Intersect(found).Count() / nearest.Length;
        });

        Assert.InRange(recall, .95, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_CancelledOnTheWay_Ends(bool isListed)
    {
        (GraphVectors vectors, GraphIndex index, float[][] queries) = Built.Value;
        using CancellationTokenSource source = new();
        WholeVectors whole = new(vectors.Measure, vectors.Dimensions);
        whole.Take(vectors.Blocks, vectors.Count);
        RowQuery query = whole.Prepare(queries[0]);
        GraphSearch plain = new(index.Graph, whole);
        GraphBuffers buffers = new();
        int asked = 0;
        buffers.Clear(Count, 100);
        ulong entry = plain.Descend(query, 0, Count, buffers);
        GraphSearch.Begin(entry, buffers);
        using CandidateSet all = new([.. Enumerable.Range(0, Count)], Count);

        Assert.Throws<OperationCanceledException>(() => isListed
            ? new FilteredGraphSearch(index.Graph, whole).Search(query, entry, all, Count, Accepts, int.MaxValue, buffers, out _, source.Token)
            : plain.Search(query, Count, Accepts, int.MaxValue, buffers, source.Token));

        Assert.InRange(asked, 1000, Count - 1000);

        // Nothing is ever found.
        bool Accepts(int row)
        {
            if (++asked == 1000)
            {
                source.Cancel();
            }

            return false;
        }
    }

    [Fact]
    public void Search_ListAndFilter_GivesRowsThatBothAccept()
    {
        (GraphVectors vectors, GraphIndex index, float[][] queries) = Built.Value;
        int[] candidates = [.. Enumerable.Range(0, Count).Where(row => row % 2 == 0)];

        Assert.All(queries, query =>
        {
            int[] found = [.. index.Search(vectors, query, accepts: row => row % 3 == 0, candidates: candidates, isFiltered: true).Select(row => row.Row)];
            Assert.Equal(10, found.Length);
            Assert.All(found, row => Assert.Equal(0, row % 6));
        });
        Assert.InRange(index.Recall(vectors, queries, row => row % 3 == 0, candidates, isFiltered: true), .95, 1);
    }

    [Theory]
    [InlineData(1000, 100, true)]
    [InlineData(1_000_000, 1000, true)]
    [InlineData(1_000_000, 100_000, false)]
    [InlineData(1_000_000, 500_000, false)]
    [InlineData(40_000, 8000, true)]
    [InlineData(40_000, 35_000, false)]
    public void PrefersList_ByCounts_TakesTheCheaper(int rows, int matching, bool isList)
    {
        FilterCosts costs = new();
        costs.NotePlain(1500, 64);

        Assert.Equal(isList, costs.PrefersList(rows, matching, isHard: false, 64, 2, threads: 1));
    }

    [Theory]
    [InlineData(1_000_000, 64, 4, false)]
    [InlineData(1_000_000, 1024, 4, false)]
    [InlineData(1_000_000, 15_000, 1, true)]
    [InlineData(1_000_000, 150_000, 1, true)]
    [InlineData(100_000, 1024, 4, true)]
    [InlineData(100_000, 1024, 1, false)]
    [InlineData(30_000, 384, 2, false)]
    [InlineData(15_000, 384, 2, true)]
    public void PrefersAll_ByCounts_TakesTheCheaper(int rows, int ef, int threads, bool isAll)
    {
        FilterCosts costs = new();
        costs.NotePlain(1000, 64);

        Assert.Equal(isAll, new FilterCosts().PrefersAll(rows, ef, threads));
        Assert.Equal(isAll, costs.PrefersAll(rows, ef, threads));
    }

    [Fact]
    public void PrefersList_WalksThatCostMuch_AreTakenForMoreRowsOnly()
    {
        FilterCosts costs = new();
        costs.NotePlain(1000, 64);
        Assert.False(costs.PrefersList(100_000, 10_000, isHard: false, 64, 2, threads: 1));
        for (int i = 0; i < 100; i++)
        {
            costs.NoteFiltered(100_000, 10_000, isHard: false, compared: 6000, passed: 1000);
        }

        Assert.True(costs.PrefersList(100_000, 10_000, isHard: false, 64, 2, threads: 1));
        Assert.False(costs.PrefersList(100_000, 40_000, isHard: false, 64, 2, threads: 1));
    }

    [Fact]
    public void PrefersList_WalksThatCostMuch_AreTriedNowAndThen()
    {
        FilterCosts costs = new();
        costs.NotePlain(1000, 64);
        costs.NoteFiltered(100_000, 10_000, isHard: false, compared: 60_000, passed: 1000);

        int walks = Enumerable.Range(0, 640).Count(_ => !costs.PrefersList(100_000, 10_000, isHard: false, 64, 2, threads: 1));

        Assert.Equal(10, walks);
        Assert.DoesNotContain(Enumerable.Range(0, 640), _ => !costs.PrefersList(100_000, 1000, isHard: false, 64, 2, threads: 1));
    }

    [Fact]
    public void Search_NearlyAllOnTheListAndRefusedByTheFilter_IsCompared()
    {
        (GraphVectors vectors, _, float[][] queries) = Built.Value;
        GraphIndex index = Built.Value.Index.WithEfSearch(16);
        int[] candidates = [.. Enumerable.Range(0, Count).Where(row => row % 20 != 7)];
        int calls = 0;

        RowScore[] found = index.Search(vectors, queries[0], accepts: row => calls++ >= 0 && row % 4000 == 1, candidates: candidates, isFiltered: true);

        Assert.Equal(vectors.Nearest(queries[0], 10, row => row % 4000 == 1), found);
        Assert.InRange(calls, candidates.Length + 10, candidates.Length + (candidates.Length / 4));
    }

    [Fact]
    public void Search_AllThatLiesNearIsGone_IsCompared()
    {
        (GraphVectors vectors, _, float[][] queries) = Built.Value;
        GraphIndex index = Built.Value.Index.WithEfSearch(16);
        HashSet<int> gone = [.. vectors.Nearest(queries[0], Count / 2, _ => true).Select(row => row.Row)];
        int calls = 0;

        RowScore[] found = index.Search(vectors, queries[0], accepts: row => calls++ >= 0 && !gone.Contains(row));

        Assert.Equal(vectors.Nearest(queries[0], 10, row => !gone.Contains(row)), found);

        // A walk that asked for all that is gone would have asked for hardly more than that half; one that ends early leaves them to the comparison of all, which asks for them too.
        Assert.InRange(calls, (Count / 2) + (Count / 10), Count);
    }

    [Fact]
    public void Search_ListOfWhichTheFilterRefusesNearlyAll_IsComparedAndChargedToNoOther()
    {
        (GraphVectors vectors, _, float[][] queries) = Built.Value;
        GraphIndex index = Built.Value.Index.WithEfSearch(16);
        int[] candidates = [.. Enumerable.Range(0, Count).Where(row => row % 5 < 3)];
        for (int i = 0; i < 3; i++)
        {
            int calls = 0;

            RowScore[] found = index.Search(vectors, queries[0], accepts: row => calls++ >= 0 && row % 4000 == 1, candidates: candidates, isFiltered: true);

            // More than the list has: there was a walk each time, which ended soon.
            Assert.Equal(vectors.Nearest(queries[0], 10, row => row % 4000 == 1), found);
            Assert.InRange(calls, candidates.Length + 10, candidates.Length + (candidates.Length / 4));
        }
    }

    private static (GraphVectors, GraphIndex, float[][]) Build()
    {
        Random random = new(21);
        float[][] centers = [.. Enumerable.Range(0, Clusters).Select(_ => GraphVectors.Gaussian(random, 24, 1))];
        float[][] rows = [.. Enumerable.Range(0, Count + 24).Select(row => GraphVectors.Near(random, centers[row % Clusters], .6f))];
        GraphVectors vectors = new(rows[..Count]);
        return (vectors, GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 96)), rows[Count..]);
    }

    /// <summary>The rows of a filter: anywhere, where the query is, or where it is not.</summary>
    private static int[] Matching(GraphVectors vectors, float[] query, double share, string kind)
    {
        int count = (int)(share * Count);
        if (kind == "random")
        {
            return [.. Enumerable.Range(0, Count).OrderBy(row => (row * 7919L) % 20_011).Take(count).Order()];
        }

        // A cluster as wide as it takes around the query, or around what is farthest from it.
        float[] center = kind == "inside" ? query : vectors.Blocks.Get(vectors.Nearest([.. query.Select(value => -value)], 1)[0].Row);
        return [.. vectors.Nearest(center, 2 * count).Where((_, i) => i % 2 == 0).Select(row => row.Row).Order()];
    }
}
