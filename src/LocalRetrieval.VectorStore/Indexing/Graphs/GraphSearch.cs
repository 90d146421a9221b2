using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Walks a graph towards what is nearest to a query.</summary>
/// <remarks>Safe for concurrent use, each thread with buffers of its own.</remarks>
internal sealed class GraphSearch(HnswGraph graph, IRowVectors vectors)
{
    private const int RowsBetweenChecks = 256;

    /// <summary>Walks down to the nearest row that is found at a level without looking back.</summary>
    /// <param name="query">What is sought.</param>
    /// <param name="level">The level.</param>
    /// <param name="rows">Rows from this number on are passed over.</param>
    /// <param name="buffers">The thread's own buffers.</param>
    /// <returns>The row; 0 where the graph is empty.</returns>
    public ulong Descend(RowQuery query, int level, int rows, GraphBuffers buffers)
    {
        (int Row, int Level) entry = graph.Entry;
        return entry.Row == HnswGraph.None || entry.Row >= rows ? 0 : Descend(query, entry, level, rows, buffers);
    }

    /// <summary>The same from a row of one's own, and its level.</summary>
    public ulong Descend(RowQuery query, (int Row, int Level) entry, int level, int rows, GraphBuffers buffers)
    {
        ulong nearest = KeyOf(query, entry.Row);
        for (int top = entry.Level; top > level; top--)
        {
            nearest = Descend(query, nearest, top, rows, buffers);
        }

        return nearest;
    }

    /// <summary>Finds the nearest rows of a level: best first, until the nearest one whose neighbours were not looked at is farther than all that are kept.</summary>
    /// <param name="query">What is sought.</param>
    /// <param name="level">The level.</param>
    /// <param name="rows">Rows from this number on are passed over.</param>
    /// <param name="buffers">The thread's own, with the rows to begin at; takes what is found.</param>
    public void Search(RowQuery query, int level, int rows, GraphBuffers buffers)
    {
        NearRows found = buffers.Found;
        Frontier frontier = buffers.Frontier;
        while (frontier.Nearest is not 0 and { } nearest && nearest >= found.Bound)
        {
            frontier.Take();
            int count = Unvisited(NearKey.RowOf(nearest), level, rows, buffers);
            Prefetch(frontier, level);
            Span<float> nearness = buffers.Nearness.AsSpan(0, count);
            vectors.Compare(query, buffers.Rows.AsSpan(0, count), nearness);
            for (int i = 0; i < count; i++)
            {
                ulong key = NearKey.Of(nearness[i], buffers.Rows[i]);
                if (key >= found.Bound)
                {
                    frontier.Add(key);
                    found.Add(key);
                }
            }
        }
    }

    /// <summary>The same at the lowest level, where only rows that are accepted are kept, and others passed through.</summary>
    /// <param name="query">What is sought.</param>
    /// <param name="rows">Rows from this number on are passed over.</param>
    /// <param name="accepts">Whether a row may be kept; null for all. It is asked of equal rows too.</param>
    /// <param name="most">How many rows are compared at most.</param>
    /// <param name="buffers">The thread's own, with the rows to begin at; takes what is found.</param>
    /// <param name="cancellationToken">Ends it between two rows.</param>
    /// <returns>Whether it came to an end by itself.</returns>
    public bool Search(RowQuery query, int rows, Func<int, bool>? accepts, int most, GraphBuffers buffers, CancellationToken cancellationToken)
    {
        NearRows found = buffers.Found;
        Frontier frontier = buffers.Frontier;
        for (int step = 1; frontier.Nearest is not 0 and { } nearest && nearest >= found.Bound; step++)
        {
            ThrowIfCancelled(step, cancellationToken);
            if (buffers.Visited.Count > most)
            {
                return false;
            }

            frontier.Take();
            int count = Unvisited(NearKey.RowOf(nearest), 0, rows, buffers);
            Prefetch(frontier, 0);
            Span<float> nearness = buffers.Nearness.AsSpan(0, count);
            vectors.Compare(query, buffers.Rows.AsSpan(0, count), nearness);
            for (int i = 0; i < count; i++)
            {
                ulong key = NearKey.Of(nearness[i], buffers.Rows[i]);
                if (key >= found.Bound)
                {
                    frontier.Add(key);
                    Keep(key, rows, accepts, found);
                }
            }
        }

        return true;
    }

    /// <summary>Looks for cancellation now and then.</summary>
    /// <param name="step">How many rows' neighbours were looked at.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static void ThrowIfCancelled(int step, CancellationToken cancellationToken)
    {
        if (step % RowsBetweenChecks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Has a search begin at a row.</summary>
    public static void Begin(ulong key, GraphBuffers buffers)
    {
        if (buffers.Visited.Add(NearKey.RowOf(key)))
        {
            buffers.Frontier.Add(key);
        }
    }

    /// <summary>Keeps a row, and those equal to it, as far as they are accepted.</summary>
    public void Keep(ulong key, int rows, Func<int, bool>? accepts, NearRows found)
    {
        int row = NearKey.RowOf(key);
        if (accepts?.Invoke(row) != false)
        {
            found.Add(key);
        }

        if (graph.HasTwins)
        {
            KeepTwins(key, row, rows, accepts, found);
        }
    }

    public ulong KeyOf(RowQuery query, int row)
    {
        float nearness = 0;
        vectors.Compare(query, new ReadOnlySpan<int>(in row), new Span<float>(ref nearness));
        return NearKey.Of(nearness, row);
    }

    private void KeepTwins(ulong key, int row, int rows, Func<int, bool>? accepts, NearRows found)
    {
        float nearness = NearKey.NearnessOf(key);
        for (int twin = graph.TwinOf(row); twin != HnswGraph.None; twin = graph.TwinOf(twin))
        {
            // Several threads may have added some rows at once: those behind this one have higher numbers, or nearly as high ones.
            if (NearKey.Of(nearness, Math.Max(0, twin - GraphBuilder.RowsAtOnce)) < found.Bound)
            {
                break;
            }

            ulong own = NearKey.Of(nearness, twin);
            if (own >= found.Bound && twin < rows && accepts?.Invoke(twin) != false)
            {
                found.Add(own);
            }
        }
    }

    private ulong Descend(RowQuery query, ulong nearest, int level, int rows, GraphBuffers buffers)
    {
        while (true)
        {
            int count = 0;
            buffers.EnsureRows(graph.Settings.MostAt(0));
            foreach (ref int place in graph.Neighbors(NearKey.RowOf(nearest), level))
            {
                int neighbor = Volatile.Read(ref place);
                if (neighbor == HnswGraph.None)
                {
                    break;
                }

                if (neighbor < rows)
                {
                    buffers.Rows[count++] = neighbor;
                }
            }

            Span<float> nearness = buffers.Nearness.AsSpan(0, count);
            vectors.Compare(query, buffers.Rows.AsSpan(0, count), nearness);
            ulong best = nearest;
            for (int i = 0; i < count; i++)
            {
                best = Math.Max(best, NearKey.Of(nearness[i], buffers.Rows[i]));
            }

            if (best == nearest)
            {
                return nearest;
            }

            nearest = best;
        }
    }

    private int Unvisited(int row, int level, int rows, GraphBuffers buffers)
    {
        int count = 0;
        Span<int> neighbors = graph.Neighbors(row, level);
        buffers.EnsureRows(neighbors.Length);
        int[] list = buffers.Rows;
        VisitedRows visited = buffers.Visited;
        foreach (ref int place in neighbors)
        {
            int neighbor = Volatile.Read(ref place);
            if (neighbor == HnswGraph.None)
            {
                break;
            }

            if (neighbor < rows && visited.Add(neighbor))
            {
                list[count++] = neighbor;
            }
        }

        return count;
    }

    // The row whose neighbours are probably looked at next.
    private void Prefetch(Frontier frontier, int level)
    {
        if (level == 0 && frontier.Nearest is not 0 and { } next)
        {
            nint address = graph.AddressOf(NearKey.RowOf(next));
            CacheLine.Prefetch(address);
            CacheLine.Prefetch(address + 64);
        }
    }
}
