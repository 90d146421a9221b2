using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Takes rows out of a graph: those beside them become neighbours of what was behind them.</summary>
internal sealed class GraphMending
{
    // A row that is left with fewer near ones is added anew.
    private const int LeastCandidates = 4;

    // Where what was behind a row is gone as well, what is behind that is looked at, up to so many rows.
    private const int MostPassed = 256;

    private readonly HnswGraph _source;
    private readonly HnswGraph _target;
    private readonly int[] _newRows;
    private readonly GraphBuilder _builder;
    private readonly RowLinker _linker;
    private readonly VisitedRows _visited = new();
    private readonly Queue<int> _passed = new();
    private readonly List<int> _candidates = [];
    private readonly List<(int Row, int Neighbor, int Level)> _links = [];
    private readonly List<int> _poor = [];

    private GraphMending(HnswGraph source, HnswGraph target, int[] newRows, IRowVectors vectors)
    {
        _source = source;
        _target = target;
        _newRows = newRows;
        _builder = new GraphBuilder(target, vectors);
        _linker = _builder.FirstLinker;
    }

    /// <summary>The graph of the rows that stay, under their new numbers.</summary>
    /// <param name="graph">The graph, which is left as it is.</param>
    /// <param name="newRows">The number of each of its rows from now on; -1 for one that goes.</param>
    /// <param name="nodes">Of the same graph and numbers, what <see cref="NodesAmong"/> gives.</param>
    /// <param name="count">How many rows the new graph knows.</param>
    /// <param name="vectors">What rows are compared by, by the new numbers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static HnswGraph Renumber(HnswGraph graph, int[] newRows, int[] nodes, int count, IRowVectors vectors, CancellationToken cancellationToken)
    {
        HnswGraph renumbered = new(graph.Settings);
        renumbered.EnsureCapacity(count);
        GraphMending mending = new(graph, renumbered, nodes, vectors);
        mending.AddNodes();
        renumbered.Entry = FindEntry(renumbered, count);
        renumbered.Count = count;
        mending.Mend(cancellationToken);
        mending.RenumberTwins(newRows);
        return renumbered;
    }

    /// <summary>The new number of each row that stands in the graph; -1 where it goes. The first of equal rows that stays takes the place of one that goes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="newRows">The number of each of its rows from now on; -1 for one that goes.</param>
    public static int[] NodesAmong(HnswGraph graph, int[] newRows)
    {
        int[] nodes = new int[newRows.Length];
        for (int row = 0; row < nodes.Length; row++)
        {
            nodes[row] = -1;
            for (int own = graph.IsNode(row) ? row : HnswGraph.None; own != HnswGraph.None && nodes[row] < 0; own = graph.TwinOf(own))
            {
                nodes[row] = own < newRows.Length ? newRows[own] : -1;
            }
        }

        return nodes;
    }

    /// <summary>Takes rows out of a graph that is read meanwhile.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isLive">Whether a row stays.</param>
    /// <param name="vectors">What rows are compared by.</param>
    /// <param name="cancellationToken">Ends it; rows whose neighbours were replaced by then keep those.</param>
    public static void Repair(HnswGraph graph, Func<int, bool> isLive, IRowVectors vectors, CancellationToken cancellationToken)
    {
        int[] rows = new int[graph.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = graph.IsNode(row) && HasLive(graph, row, isLive) ? row : -1;
        }

        new GraphMending(graph, graph, rows, vectors).Mend(cancellationToken);
        graph.Entry = FindEntry(graph, rows);
        for (int row = 0; row < rows.Length; row++)
        {
            if (graph.IsNode(row) && rows[row] < 0)
            {
                graph.KeepTwins(row, static _ => false);
                graph.Remove(row);
            }
            else if (graph.IsNode(row))
            {
                graph.KeepTwins(row, isLive);
            }
        }
    }

    private static bool HasLive(HnswGraph graph, int row, Func<int, bool> isLive)
    {
        for (; row != HnswGraph.None; row = graph.TwinOf(row))
        {
            if (isLive(row))
            {
                return true;
            }
        }

        return false;
    }

    private static (int Row, int Level) FindEntry(HnswGraph graph, int count)
    {
        (int Row, int Level) entry = (HnswGraph.None, 0);
        for (int row = 0; row < count; row++)
        {
            if (graph.IsNode(row) && (entry.Row == HnswGraph.None || graph.LevelOf(row) > entry.Level))
            {
                entry = (row, graph.LevelOf(row));
            }
        }

        return entry;
    }

    private static (int Row, int Level) FindEntry(HnswGraph graph, int[] rows)
    {
        (int Row, int Level) entry = (HnswGraph.None, 0);
        foreach (int row in rows)
        {
            if (row >= 0 && (entry.Row == HnswGraph.None || graph.LevelOf(row) > entry.Level))
            {
                entry = (row, graph.LevelOf(row));
            }
        }

        return entry;
    }

    private void AddNodes()
    {
        for (int row = 0; row < _newRows.Length; row++)
        {
            if (_newRows[row] >= 0)
            {
                _target.AddNode(_newRows[row], _source.LevelOf(row));
            }
        }
    }

    private void Mend(CancellationToken cancellationToken)
    {
        for (int row = 0; row < _newRows.Length; row++)
        {
            if (_newRows[row] < 0)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            for (int level = 0; level <= _source.LevelOf(row); level++)
            {
                Mend(row, level);
            }
        }

        foreach ((int row, int neighbor, int level) in _links)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _linker.Link(neighbor, row, level);
        }

        AddPoorAnew(cancellationToken);
    }

    // Each may be cut off from all others: they are added to what is not, or else to the first of them.
    private void AddPoorAnew(CancellationToken cancellationToken)
    {
        HashSet<int> poor = [.. _poor];
        int start = HnswGraph.None;
        foreach (int row in _newRows)
        {
            if (row >= 0 && !poor.Contains(row) && (start == HnswGraph.None || _target.LevelOf(row) > _target.LevelOf(start)))
            {
                start = row;
            }
        }

        foreach (int row in _poor)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (start == HnswGraph.None)
            {
                start = row;
            }
            else
            {
                _builder.AddAnew(row, start);
            }
        }
    }

    /// <summary>Gives a row neighbours that stay.</summary>
    private void Mend(int row, int level)
    {
        int kept = Gather(row, level);
        if (kept < 0 && ReferenceEquals(_source, _target))
        {
            return;
        }

        Span<int> neighbors = _target.Neighbors(_newRows[row], level);
        if (kept < 0)
        {
            RowLinker.Write(CollectionsMarshal.AsSpan(_candidates), neighbors);
            return;
        }

        ReadOnlySpan<int> chosen = _linker.Choose(_newRows[row], CollectionsMarshal.AsSpan(_candidates), level);
        foreach (int neighbor in chosen)
        {
            if (_candidates.IndexOf(neighbor) >= kept)
            {
                _links.Add((_newRows[row], neighbor, level));
            }
        }

        RowLinker.Write(chosen, neighbors);
        if (level == 0 && chosen.Length < LeastCandidates)
        {
            _poor.Add(_newRows[row]);
        }
    }

    /// <summary>Lists a row's neighbours that stay, then those behind the ones that go, by their new numbers.</summary>
    /// <returns>How many of the list were neighbours; -1 where all of them stay.</returns>
    private int Gather(int row, int level)
    {
        _visited.Clear(_source.Count);
        _visited.Add(row);
        _passed.Clear();
        _candidates.Clear();
        GatherFrom(row, level);
        int kept = _candidates.Count;
        if (_passed.Count == 0)
        {
            return -1;
        }

        for (int passed = 0; passed < MostPassed && _passed.TryDequeue(out int gone); passed++)
        {
            // What is behind rows behind those that go is looked at only where there is little else.
            if (_candidates.Count >= _source.Settings.EfConstruction)
            {
                break;
            }

            GatherFrom(gone, level);
        }

        return kept;
    }

    private void GatherFrom(int row, int level)
    {
        foreach (int neighbor in _source.Neighbors(row, level))
        {
            if (neighbor == HnswGraph.None)
            {
                break;
            }

            if (neighbor >= _newRows.Length || !_visited.Add(neighbor))
            {
                continue;
            }

            if (_newRows[neighbor] >= 0)
            {
                _candidates.Add(_newRows[neighbor]);
            }
            else
            {
                _passed.Enqueue(neighbor);
            }
        }
    }

    private void RenumberTwins(int[] newRows)
    {
        List<int> twins = [];
        for (int row = 0; row < newRows.Length; row++)
        {
            twins.Clear();
            for (int twin = _newRows[row] >= 0 ? row : HnswGraph.None; twin != HnswGraph.None; twin = _source.TwinOf(twin))
            {
                if (twin < newRows.Length && newRows[twin] >= 0 && newRows[twin] != _newRows[row])
                {
                    twins.Add(newRows[twin]);
                }
            }

            // Searches go along a chain until its numbers are too high.
            twins.Sort();
            foreach (int twin in twins)
            {
                _target.AddTwin(_newRows[row], twin);
            }
        }
    }
}
