using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Queries of one kind with what an exact search finds for them, of which a search of a graph is to find a share.</summary>
/// <param name="measure">How vectors are compared.</param>
/// <param name="blocks">The whole vectors of the graph's rows.</param>
/// <param name="isFound">Which rows can be found.</param>
/// <param name="queries">The queries, one after another.</param>
/// <param name="origins">The row that each query is, which is not to be found; null where they are none.</param>
/// <param name="needed">The share that is enough.</param>
internal sealed class GraphTrials(VectorMeasure measure, RowBlock[] blocks, Func<int, bool> isFound, float[][] queries, int[]? origins, double needed)
{
    /// <summary>How many rows each is to find.</summary>
    public const int Top = 10;

    private static readonly RowSearchOptions Nearest = new() { Top = Top + 1 };

    private readonly RowScore[][] _nearest = new RowScore[queries.Length][];

    /// <summary>The share that is enough.</summary>
    public double Needed => needed;

    /// <summary>Finds what is to be found.</summary>
    public void SearchExactly(int threads, CancellationToken cancellationToken)
    {
        if (queries.Length == 0)
        {
            return;
        }

        ExactSearch exact = new(measure, queries[0].Length) { MaxThreads = threads };
        RowScore[][] nearest = exact.Search(blocks, queries.SelectMany(query => query).ToArray(), Nearest with { Accepts = isFound }, cancellationToken);
        for (int query = 0; query < queries.Length; query++)
        {
            _nearest[query] = WithoutOrigin(query, nearest[query]);
        }
    }

    /// <summary>The share that a search finds which keeps some near rows; 1 where nothing is to be found.</summary>
    public double Recall(HnswGraph graph, GraphRows rows, int ef, CancellationToken cancellationToken)
    {
        GraphSearch search = new(graph, rows.Vectors);
        GraphBuffers buffers = new();
        ExactSearch? exact = null;
        long hits = 0;
        for (int query = 0; query < queries.Length; query++)
        {
            RowQuery prepared = rows.Vectors.Prepare(queries[query]);
            buffers.Clear(graph.Count, ef);
            ulong entry = search.Descend(prepared, 0, graph.Count, buffers);
            GraphSearch.Begin(entry, buffers);
            search.Keep(entry, graph.Count, isFound, buffers.Found);
            search.Search(prepared, graph.Count, isFound, int.MaxValue, buffers, cancellationToken);
            exact ??= new ExactSearch(measure, queries[query].Length);
            RowScore[] found = exact.SearchRows(blocks, Rows(buffers.Found), queries[query], Nearest, cancellationToken)[0];
            hits += Hits(WithoutOrigin(query, found), _nearest[query]);
        }

        long wanted = _nearest.Sum(rows => (long)rows.Length);
        return wanted == 0 ? 1 : (double)hits / wanted;
    }

    private RowScore[] WithoutOrigin(int query, RowScore[] rows) => [.. rows.Where(row => row.Row != origins?[query]).Take(Top)];

    // Of equally near rows one is as good as another.
    private int Hits(RowScore[] found, RowScore[] nearest) =>
        nearest.Length == 0 ? 0 : Math.Min(nearest.Length, found.Count(row => measure.Passes(row.Score, nearest[^1].Score)));

    private static int[] Rows(NearRows found)
    {
        int[] rows = new int[found.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = NearKey.RowOf(found.Keys[i]);
        }

        Array.Sort(rows);
        return rows;
    }
}
