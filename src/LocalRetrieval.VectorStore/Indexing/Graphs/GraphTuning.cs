using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Chooses how many near rows a search keeps, so that it finds a share of the truly nearest: measured on the collection itself.</summary>
/// <remarks>
/// Rows are no queries: a row is found where it lies, with what the graph linked it to, while a question lies beside rows. So there are trials of three kinds, and all have to find enough: rows of which half
/// the components are replaced by the mean; whole rows, without themselves, since those of the first kind may lie between the clusters that all queries lie in; and rows moved by half of the difference of two others.
/// Over texts by the embedded static model and windows of sentences by the bi-encoder, recalls of questions were those of moved rows to within some hundredths, and mostly above: .935 and .934 among a million texts with
/// 96 kept, where the first kind alone found all; .983 and .973 among 110,000 windows with 64; .986 and .948 among 100,000 texts, .959 and .953 among 20,000.
/// </remarks>
internal sealed class GraphTuning(VectorMeasure measure, int dimensions)
{
    /// <summary>What is kept until it is measured, and at least by a graph that is too small for that.</summary>
    public const int Usual = 64;

    /// <summary>For so many rows that are asked for it is measured.</summary>
    public const int Top = GraphTrials.Top;

    private const int TrialsOfKind = 64;

    // More, since the choice mostly depends on them.
    private const int Moved = 2 * TrialsOfKind;

    // Of what may be missed so much stays in reserve where trials are easier than questions.
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
        bool IsFound(int row) => (graph.IsNode(row) || graph.IsTwin(row)) && hasVector(row);
        int[] sample = graph.Entry.Row == HnswGraph.None ? [] : Sample(count, IsFound);
        if (sample.Length < Moved)
        {
            return new GraphEffort(Usual, count);
        }

        GraphTrials[] trials = Trials(sample, graph.Settings, vectors, vectors.Read(count), IsFound);
        int threads = Math.Min(graph.Settings.UsedThreads, Environment.ProcessorCount);
        Array.ForEach(trials, kind => kind.SearchExactly(threads, cancellationToken));
        GraphEffort effort = new(Usual, count);
        foreach (int ef in Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] recalls = Array.ConvertAll(trials, kind => kind.Recall(graph, rows, ef, cancellationToken));
            effort = new GraphEffort(ef, count, recalls.Min());
            if (trials.Zip(recalls).All(kind => kind.Second >= kind.First.Needed))
            {
                break;
            }
        }

        return effort;
    }

    private GraphTrials[] Trials(int[] sample, GraphSettings settings, VectorBlocks vectors, RowBlock[] blocks, Func<int, bool> isFound)
    {
        float[][] rows = Array.ConvertAll(sample, vectors.Get);
        double inReserve = settings.TargetRecall + (Reserve * (1 - settings.TargetRecall));
        return
        [
            new GraphTrials(measure, blocks, isFound, Halve(rows), origins: null, inReserve),
            new GraphTrials(measure, blocks, isFound, rows[..TrialsOfKind], sample[..TrialsOfKind], inReserve),
            new GraphTrials(measure, blocks, isFound, Move(rows, new Random(settings.Seed)), origins: null, settings.TargetRecall),
        ];
    }

    private static int[] Sample(int count, Func<int, bool> isFound)
    {
        List<int> sample = new(Moved);
        int step = Math.Max(1, count / Moved);
        for (int row = 0; row < count && sample.Count < Moved; row += step)
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

    private float[][] Halve(float[][] rows)
    {
        float[][] queries = Array.ConvertAll(rows[..TrialsOfKind], row => (float[])row.Clone());
        for (int i = 0; i < dimensions; i++)
        {
            double mean = rows.Average(row => (double)row[i]);
            for (int query = i % 2 == 0 ? 1 : 0; query < queries.Length; query += 2)
            {
                // Values that are equal or not have no mean: there another row's stands in.
                queries[query][i] = measure.Kernel == PairKernel.Inequality ? rows[query + TrialsOfKind][i] : (float)mean;
            }
        }

        return queries;
    }

    private float[][] Move(float[][] rows, Random random)
    {
        List<float[]> queries = [];
        foreach (float[] row in rows)
        {
            float[] query = new float[dimensions];
            if (MovedRow.TryMake(measure, row, rows[random.Next(rows.Length)], rows[random.Next(rows.Length)], random, query))
            {
                queries.Add(query);
            }
        }

        return [.. queries];
    }
}
