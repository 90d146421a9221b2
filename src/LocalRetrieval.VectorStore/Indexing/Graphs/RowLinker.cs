namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Makes rows neighbours of one another: what one thread of a builder does, and has buffers for.</summary>
internal sealed class RowLinker
{
    private readonly HnswGraph _graph;
    private readonly IRowVectors _vectors;
    private readonly Lock[] _locks;
    private readonly NeighborChoice _choice;
    private readonly GraphSearch _search;
    private readonly int[][] _chosen = new int[HnswGraph.MostLevels + 1][];
    private readonly int[] _rows;
    private float[] _nearness;
    private ulong[] _keys;

    /// <param name="graph">The graph.</param>
    /// <param name="vectors">What rows are compared by.</param>
    /// <param name="locks">A power of two of them: whoever changes a row's neighbours holds the one of its number.</param>
    public RowLinker(HnswGraph graph, IRowVectors vectors, Lock[] locks)
    {
        _graph = graph;
        _vectors = vectors;
        _locks = locks;
        _choice = new NeighborChoice(vectors);
        _search = new GraphSearch(graph, vectors);
        int most = graph.Settings.MostAt(0) + 1;
        _rows = new int[most];
        _nearness = new float[most];
        _keys = new ulong[most];
    }

    public GraphBuffers Buffers { get; } = new();

    /// <summary>Chooses a row's neighbours at a level among what was found there; itself where it was found is not one.</summary>
    public void Choose(int row, int level)
    {
        Buffers.Found.Remove(row);
        _chosen[level] = _choice.Choose(Buffers.Found.Keys, _graph.Settings.M, keepsPassed: true).ToArray();
    }

    /// <summary>A row among those found that is equal to a new one; <see cref="HnswGraph.None"/> where there is none.</summary>
    public int FindEqual(RowQuery query, int row)
    {
        float own = NearKey.NearnessOf(_search.KeyOf(query, row));
        foreach (ulong key in Buffers.Found.Keys)
        {
            float nearness = NearKey.NearnessOf(key);
            if (nearness == own && _vectors.AreEqual(row, NearKey.RowOf(key)))
            {
                return NearKey.RowOf(key);
            }

            if (nearness < own)
            {
                break;
            }
        }

        return HnswGraph.None;
    }

    /// <summary>Puts a new row behind one that is equal to it.</summary>
    public void AddTwin(int node, int row)
    {
        lock (LockOf(node))
        {
            _graph.AddTwin(node, row);
        }
    }

    /// <summary>Writes down what was chosen for a row at a level.</summary>
    public void Write(int row, int level) => Write(_chosen[level], _graph.Neighbors(row, level));

    /// <summary>Makes a row a neighbour of those that were chosen for it at a level.</summary>
    public void LinkBack(int row, int level)
    {
        foreach (int neighbor in _chosen[level])
        {
            Link(neighbor, row, level);
        }
    }

    /// <summary>Makes a row a neighbour of another one, which loses another for it where it has no place left.</summary>
    public void Link(int row, int neighbor, int level)
    {
        lock (LockOf(row))
        {
            Span<int> neighbors = _graph.Neighbors(row, level);
            int count = neighbors.IndexOf(HnswGraph.None);
            if (neighbors.Contains(neighbor))
            {
                return;
            }

            if (count >= 0)
            {
                Volatile.Write(ref neighbors[count], neighbor);
                return;
            }

            neighbors.CopyTo(_rows);
            _rows[neighbors.Length] = neighbor;
            Write(Choose(row, _rows.AsSpan(0, neighbors.Length + 1), level), neighbors);
        }
    }

    /// <summary>Writes neighbours over others, a number at a time: a reader sees some of these and some of those.</summary>
    public static void Write(ReadOnlySpan<int> chosen, Span<int> neighbors)
    {
        for (int i = 0; i < neighbors.Length; i++)
        {
            Volatile.Write(ref neighbors[i], i < chosen.Length ? chosen[i] : HnswGraph.None);
        }
    }

    /// <summary>Chooses a row's neighbours at a level among any rows.</summary>
    /// <returns>The chosen ones, until the next call.</returns>
    public ReadOnlySpan<int> Choose(int row, ReadOnlySpan<int> candidates, int level)
    {
        if (_keys.Length < candidates.Length)
        {
            _keys = new ulong[candidates.Length];
            _nearness = new float[candidates.Length];
        }

        Span<float> nearness = _nearness.AsSpan(0, candidates.Length);
        _vectors.Compare(_vectors.PrepareRow(row), candidates, nearness);
        Span<ulong> keys = _keys.AsSpan(0, candidates.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = NearKey.Of(nearness[i], candidates[i]);
        }

        // Were the places filled that are left, the next neighbour would have all compared again: building takes two thirds longer, and finds no more in the same time.
        keys.Sort(static (x, y) => y.CompareTo(x));
        return _choice.Choose(keys, _graph.Settings.MostAt(level), keepsPassed: false);
    }

    private Lock LockOf(int row) => _locks[row & (_locks.Length - 1)];
}
