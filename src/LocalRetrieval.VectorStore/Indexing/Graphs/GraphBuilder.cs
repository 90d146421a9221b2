namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Adds rows to a graph, on one thread or on several.</summary>
/// <remarks>One thread at a time calls it; the threads that it starts lock the rows whose neighbours they change, and readers need no lock.</remarks>
internal sealed class GraphBuilder
{
    /// <summary>So many rows are added until readers are told of them, and until cancellation is looked for.</summary>
    public const int RowsAtOnce = 1024;

    private const int LockCount = 1 << 10;

    // A graph that is smaller is built by one thread: several would not find one another's rows.
    private const int LeastForThreads = 1024;

    private readonly HnswGraph _graph;
    private readonly IRowVectors _vectors;
    private readonly GraphSearch _search;
    private readonly RowLevels _levels;
    private readonly Lock[] _locks = new Lock[LockCount];
    private readonly Lock _entryLock = new();
    private readonly RowLinker[] _linkers;

    public GraphBuilder(HnswGraph graph, IRowVectors vectors)
    {
        _graph = graph;
        _vectors = vectors;
        _search = new GraphSearch(graph, vectors);
        _levels = new RowLevels(graph.Settings.M, graph.Settings.Seed);
        _linkers = new RowLinker[graph.Settings.UsedThreads];
        for (int i = 0; i < _locks.Length; i++)
        {
            _locks[i] = new Lock();
        }

        for (int i = 0; i < _linkers.Length; i++)
        {
            _linkers[i] = new RowLinker(graph, vectors, _locks);
        }
    }

    /// <summary>What its first thread links rows by.</summary>
    public RowLinker FirstLinker => _linkers[0];

    /// <summary>Finds new neighbours for a row that is a node.</summary>
    /// <param name="row">The row.</param>
    /// <param name="start">Another node, from which the others can be reached.</param>
    public void AddAnew(int row, int start) => Link(row, _graph.LevelOf(row), _graph.Count, _linkers[0], (start, _graph.LevelOf(start)), isNew: false);

    /// <summary>Adds rows from the graph's count on.</summary>
    /// <param name="end">One more than the last one's number.</param>
    /// <param name="isNode">Whether a row is to be found by the graph; others are left out.</param>
    /// <param name="cancellationToken">Ends it between two rows; what was added by then counts.</param>
    public void Add(int end, Func<int, bool> isNode, CancellationToken cancellationToken)
    {
        while (_graph.Count < end && !cancellationToken.IsCancellationRequested)
        {
            int count = Math.Min(RowsAtOnce, end - _graph.Count);
            Prepare(_graph.Count, count, isNode);
            _graph.Count = AddPrepared(_graph.Count, count, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    // Levels have their places in the order of rows, whichever thread comes first.
    private void Prepare(int start, int count, Func<int, bool> isNode)
    {
        _graph.EnsureCapacity(start + count);
        for (int row = start; row < start + count; row++)
        {
            if (isNode(row) && !_graph.IsNode(row))
            {
                _graph.AddNode(row, _levels.Of(row));
            }
        }
    }

    private int AddPrepared(int start, int count, CancellationToken cancellationToken)
    {
        int threads = start < LeastForThreads ? 1 : _linkers.Length;
        int next = start;
        if (threads == 1)
        {
            Work(_linkers[0]);
        }
        else
        {
            OnThreads.Run(threads, threads, thread => Work(_linkers[thread]), CancellationToken.None);
        }

        return Math.Min(next, start + count);

        void Work(RowLinker linker)
        {
            while (!cancellationToken.IsCancellationRequested && Interlocked.Increment(ref next) - 1 is var row && row < start + count)
            {
                if (_graph.IsNode(row))
                {
                    Insert(row, start + count, linker);
                }
            }
        }
    }

    private void Insert(int row, int rows, RowLinker linker)
    {
        int level = _graph.LevelOf(row);
        (int Row, int Level) entry = _graph.Entry;
        if (level <= entry.Level)
        {
            Link(row, level, rows, linker, entry);
            return;
        }

        // A row that is to be the entry is alone with that.
        lock (_entryLock)
        {
            entry = _graph.Entry;
            if ((entry.Row == HnswGraph.None || Link(row, level, rows, linker, entry)) && level > entry.Level)
            {
                _graph.Entry = (row, level);
            }
        }
    }

    /// <returns>Whether it is a node: not if it is equal to one.</returns>
    private bool Link(int row, int level, int rows, RowLinker linker, (int Row, int Level) entry, bool isNew = true)
    {
        GraphBuffers buffers = linker.Buffers;
        RowQuery query = _vectors.PrepareRow(row);
        int top = Math.Min(level, entry.Level);
        ulong nearest = _search.Descend(query, entry, top, rows, buffers);
        for (int at = top; at >= 0; at--)
        {
            buffers.Clear(rows, _graph.Settings.EfConstruction);
            GraphSearch.Begin(nearest, buffers);
            buffers.Found.Add(nearest);
            buffers.Visited.Add(row);
            _search.Search(query, at, rows, buffers);
            if (at == 0 && isNew && linker.FindEqual(query, row) is var equal && equal != HnswGraph.None)
            {
                linker.AddTwin(equal, row);
                return false;
            }

            linker.Choose(row, at);
            nearest = buffers.Found.Count > 0 ? buffers.Found.Keys[0] : nearest;
        }

        // What is nearest stands at the lowest level. A row is complete before anyone can come by it.
        for (int at = 0; at <= top; at++)
        {
            linker.Write(row, at);
        }

        for (int at = 0; at <= top; at++)
        {
            linker.LinkBack(row, at);
        }

        return true;
    }
}
