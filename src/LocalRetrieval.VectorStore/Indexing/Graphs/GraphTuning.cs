using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Chooses how many near rows a search keeps, so that it finds a share of the truly nearest: measured on the collection itself.</summary>
/// <remarks>
/// Rows are no queries: a row is found where it lies, with what the graph linked it to, while a question lies beside rows. So rows are sought of which half the components are replaced by the mean;
/// and, since those may lie between the clusters that all queries lie in, whole rows too, without themselves: whichever of both is found worse counts.
/// Over texts by the embedded static model, what was chosen for recalls of .9, .95 and .99 gave questions .940, .979 and .992 among 20,000 sentences, and .977, .984 and .997 among 100,000 sentences and
/// passages. Whole rows are found too easily (.990 with 32 kept, questions .908), and points midway between two rows become ever harder the more kinds of texts there are (.822 with 64 kept, questions .984).
/// </remarks>
internal sealed class GraphTuning(VectorMeasure measure, int dimensions)
{
    /// <summary>What is kept until it is measured, and at least by a graph that is too small for that.</summary>
    public const int Usual = 64;

    /// <summary>For so many rows that are asked for it is measured.</summary>
    public const int Top = 10;

    private const int Queries = 64;

    // Of what may be missed so much stays in reserve: so few queries measure it to within about as much, and questions may be somewhat harder.
    private const double Reserve = .4;

    private static readonly int[] Steps = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

    /// <summary>The fewest rows to keep that reach a recall; the most that are tried where none does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">What its rows are compared by.</param>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="hasVector">Which rows are there; those that the graph leaves out for they are zero are not sought.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public GraphEffort Choose(HnswGraph graph, GraphRows rows, VectorBlocks vectors, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        int count = graph.Count;
        if (graph.Entry.Row == HnswGraph.None)
        {
            return new GraphEffort(Usual, count);
        }

        bool IsFound(int row) => (graph.IsNode(row) || graph.IsTwin(row)) && hasVector(row);
        int[] sample = Sample(count, IsFound);
        if (sample.Length < 2 * Queries)
        {
            return new GraphEffort(Usual, count);
        }

        RowBlock[] blocks = vectors.Read(count);
        float[] queries = [.. Halved(sample, vectors), .. sample.Take(Queries).SelectMany(vectors.Get)];
        ExactSearch exact = new(measure, dimensions) { MaxThreads = Math.Min(graph.Settings.UsedThreads, Environment.ProcessorCount) };
        RowSearchOptions options = new() { Top = Top + 1, Accepts = IsFound };
        RowScore[][] nearest = [.. exact.Search(blocks, queries, options, cancellationToken).Select((rows, query) => Without(OriginOf(query, sample), rows))];
        GraphEffort effort = new(Usual, count);
        foreach (int ef in Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double halved, double whole) = Recalls(graph, rows, blocks, queries, nearest, sample, ef, IsFound, cancellationToken);
            effort = new GraphEffort(ef, count, Math.Min(halved, whole));
            if (effort.Recall >= graph.Settings.TargetRecall + (Reserve * (1 - graph.Settings.TargetRecall)))
            {
                break;
            }
        }

        return effort;
    }

    private static int[] Sample(int count, Func<int, bool> isFound)
    {
        List<int> sample = new(2 * Queries);
        int step = Math.Max(1, count / (2 * Queries));
        for (int row = 0; row < count && sample.Count < 2 * Queries; row += step)
        {
            int next = row;
            while (next < Math.Min(count, row + step) && !isFound(next))
            {
                next++;
            }

            if (next < Math.Min(count, row + step))
            {
                sample.Add(next);
            }
        }

        return [.. sample];
    }

    private float[] Halved(int[] sample, VectorBlocks vectors)
    {
        float[][] rows = Array.ConvertAll(sample, vectors.Get);
        float[] queries = new float[Queries * dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            double mean = rows.Average(row => (double)row[i]);
            for (int query = 0; query < Queries; query++)
            {
                // Values that are equal or not have no mean: there another row's stands in.
                float other = measure.Kernel == PairKernel.Inequality ? rows[query + Queries][i] : (float)mean;
                queries[(query * dimensions) + i] = (i + query) % 2 == 0 ? rows[query][i] : other;
            }
        }

        return queries;
    }

    // The row that a query is; none of those that are halved.
    private static int OriginOf(int query, int[] sample) => query < Queries ? HnswGraph.None : sample[query - Queries];

    private static RowScore[] Without(int origin, RowScore[] rows) => [.. rows.Where(row => row.Row != origin).Take(Top)];

    private (double Halved, double Whole) Recalls(
        HnswGraph graph, GraphRows rows, RowBlock[] blocks, float[] queries, RowScore[][] nearest, int[] sample, int ef, Func<int, bool> isFound, CancellationToken cancellationToken)
    {
        GraphSearch search = new(graph, rows.Vectors);
        GraphBuffers buffers = new();
        ExactSearch exact = new(measure, dimensions);
        long[] hits = new long[2];
        long[] wanted = new long[2];
        for (int query = 0; query < nearest.Length; query++)
        {
            ReadOnlyMemory<float> own = queries.AsMemory(query * dimensions, dimensions);
            RowQuery prepared = rows.Vectors.Prepare(own.Span);
            buffers.Clear(graph.Count, ef);
            ulong entry = search.Descend(prepared, 0, graph.Count, buffers);
            GraphSearch.Begin(entry, buffers);
            search.Keep(entry, graph.Count, isFound, buffers.Found);
            search.Search(prepared, graph.Count, isFound, int.MaxValue, buffers, cancellationToken);
            RowScore[] found = exact.SearchRows(blocks, Rows(buffers.Found), own, new RowSearchOptions { Top = Top + 1 }, cancellationToken)[0];
            wanted[query / Queries] += nearest[query].Length;
            hits[query / Queries] += Hits(Without(OriginOf(query, sample), found), nearest[query]);
        }

        return ((double)hits[0] / Math.Max(1, wanted[0]), (double)hits[1] / Math.Max(1, wanted[1]));
    }

    // Of equally near rows one is as good as another.
    private int Hits(RowScore[] found, RowScore[] nearest)
    {
        int hits = 0;
        foreach (RowScore row in found)
        {
            hits += nearest.Length > 0 && measure.Passes(row.Score, nearest[^1].Score) ? 1 : 0;
        }

        return Math.Min(hits, nearest.Length);
    }

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
