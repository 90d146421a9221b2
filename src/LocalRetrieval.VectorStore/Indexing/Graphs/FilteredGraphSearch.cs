using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Walks a graph from matching row to matching row: where few neighbours match, through those that do not.</summary>
/// <remarks>
/// After ACORN (Patel and others, "ACORN: Performant and Predicate-Agnostic Search Over Vector Embeddings and Structured Data", 2024), whose second hops are taken while searching. It begins at
/// matching rows from all over the list too, since those that match may be far from where the query is.
/// Safe for concurrent use, each thread with buffers of its own.
/// </remarks>
internal sealed class FilteredGraphSearch(HnswGraph graph, IRowVectors vectors)
{
    private const int SampledRows = 48;

    private readonly GraphSearch _search = new(graph, vectors);

    /// <summary>Finds the nearest of the rows that match.</summary>
    /// <param name="query">What is sought.</param>
    /// <param name="entry">The row that a walk without the filter comes to; 0 for none.</param>
    /// <param name="candidates">The rows that match.</param>
    /// <param name="rows">Rows from this number on are passed over.</param>
    /// <param name="accepts">Whether a row that matches may be kept; null for all.</param>
    /// <param name="most">How many rows are compared and passed through at most.</param>
    /// <param name="buffers">The thread's own, cleared; takes what is found.</param>
    /// <param name="passed">How many lists of rows that do not match were gone through.</param>
    /// <param name="cancellationToken">Ends it between two rows.</param>
    /// <returns>Whether it came to an end by itself.</returns>
    public bool Search(RowQuery query, ulong entry, CandidateSet candidates, int rows, Func<int, bool>? accepts, int most, GraphBuffers buffers, out int passed, CancellationToken cancellationToken)
    {
        passed = 0;
        Begin(query, entry, candidates, rows, accepts, buffers);
        NearRows found = buffers.Found;
        Frontier frontier = buffers.Frontier;
        for (int step = 1; frontier.Nearest is not 0 and { } nearest && nearest >= found.Bound; step++)
        {
            GraphSearch.ThrowIfCancelled(step, cancellationToken);
            if (buffers.Visited.Count > most)
            {
                return false;
            }

            frontier.Take();
            int count = Gather(NearKey.RowOf(nearest), candidates, rows, buffers, ref passed);
            Offer(query, count, candidates, rows, accepts, buffers);
        }

        return true;
    }

    /// <summary>The share of rows near one that match: of its neighbours and theirs.</summary>
    public double ShareNear(ulong key, CandidateSet candidates, int rows)
    {
        int matching = 0;
        int all = 0;
        foreach (ref int place in graph.Neighbors(NearKey.RowOf(key), 0))
        {
            int neighbor = Volatile.Read(ref place);
            if (neighbor == HnswGraph.None)
            {
                break;
            }

            if (neighbor < rows)
            {
                CountNear(neighbor, candidates, rows, ref matching, ref all);
            }
        }

        return all == 0 ? 0 : (double)matching / all;
    }

    private void CountNear(int row, CandidateSet candidates, int rows, ref int matching, ref int all)
    {
        foreach (ref int place in graph.Neighbors(row, 0))
        {
            int neighbor = Volatile.Read(ref place);
            if (neighbor == HnswGraph.None)
            {
                break;
            }

            if (neighbor < rows)
            {
                all++;
                matching += Matches(neighbor, candidates) ? 1 : 0;
            }
        }
    }

    private void Begin(RowQuery query, ulong entry, CandidateSet candidates, int rows, Func<int, bool>? accepts, GraphBuffers buffers)
    {
        buffers.EnsureRows((graph.Settings.MostAt(0) + 1) * graph.Settings.MostAt(0));
        if (entry != 0)
        {
            GraphSearch.Begin(entry, buffers);
            Keep(entry, candidates, rows, accepts, buffers);
        }

        Span<int> sample = stackalloc int[SampledRows];
        int count = 0;
        foreach (int row in sample[..candidates.Sample(sample)])
        {
            if (graph.IsNode(row) && buffers.Visited.Add(row))
            {
                buffers.Rows[count++] = row;
            }
        }

        Offer(query, count, candidates, rows, accepts, buffers);
    }

    private void Offer(RowQuery query, int count, CandidateSet candidates, int rows, Func<int, bool>? accepts, GraphBuffers buffers)
    {
        Span<float> nearness = buffers.Nearness.AsSpan(0, count);
        vectors.Compare(query, buffers.Rows.AsSpan(0, count), nearness);
        for (int i = 0; i < count; i++)
        {
            ulong key = NearKey.Of(nearness[i], buffers.Rows[i]);
            if (key >= buffers.Found.Bound)
            {
                buffers.Frontier.Add(key);
                Keep(key, candidates, rows, accepts, buffers);
            }
        }
    }

    private void Keep(ulong key, CandidateSet candidates, int rows, Func<int, bool>? accepts, GraphBuffers buffers)
    {
        if (graph.HasTwins)
        {
            _search.Keep(key, rows, row => candidates.Contains(row) && accepts?.Invoke(row) != false, buffers.Found);
        }
        else if (candidates.Contains(NearKey.RowOf(key)) && accepts?.Invoke(NearKey.RowOf(key)) != false)
        {
            buffers.Found.Add(key);
        }
    }

    /// <summary>Lists the matching rows near one that are new.</summary>
    private int Gather(int row, CandidateSet candidates, int rows, GraphBuffers buffers, ref int passed)
    {
        Span<int> others = stackalloc int[graph.Settings.MostAt(0)];
        int other = 0;
        int matching = 0;
        int count = 0;
        foreach (ref int place in graph.Neighbors(row, 0))
        {
            int neighbor = Volatile.Read(ref place);
            if (neighbor == HnswGraph.None)
            {
                break;
            }

            if (neighbor >= rows)
            {
                continue;
            }

            if (!Matches(neighbor, candidates))
            {
                CacheLine.Prefetch(graph.AddressOf(neighbor));
                others[other++] = neighbor;
                continue;
            }

            matching++;
            if (buffers.Visited.Add(neighbor))
            {
                buffers.Rows[count++] = neighbor;
            }
        }

        for (int i = 0; i < other && matching < graph.Settings.M; i++)
        {
            if (buffers.Visited.Add(others[i]))
            {
                passed++;
                GatherFrom(others[i], candidates, rows, buffers, ref count, ref matching);
            }
        }

        return count;
    }

    private void GatherFrom(int row, CandidateSet candidates, int rows, GraphBuffers buffers, ref int count, ref int matching)
    {
        foreach (ref int place in graph.Neighbors(row, 0))
        {
            int neighbor = Volatile.Read(ref place);
            if (neighbor == HnswGraph.None)
            {
                break;
            }

            if (neighbor < rows && Matches(neighbor, candidates) && buffers.Visited.Add(neighbor))
            {
                matching++;
                buffers.Rows[count++] = neighbor;
            }
        }
    }

    // A row that does not match itself may have an equal one behind it that does.
    private bool Matches(int row, CandidateSet candidates) => candidates.Contains(row) || (graph.HasTwins && graph.TwinOf(row) != HnswGraph.None);
}
