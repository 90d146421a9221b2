using System.Collections.Concurrent;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Finds near rows by a graph, and gives them the scores of their whole vectors.</summary>
/// <remarks>
/// What it returns are rows of the reader's generation with the scores that <see cref="ExactSearch"/> gives, bit for bit, in its order; only, a near row may be missing. Where fewer are found than
/// are asked for, all rows are compared.
/// </remarks>
internal sealed partial class GraphIndex : VectorIndex
{
    // Fewer are compared one by one before a graph is worth its walk.
    private const int LeastToTune = 1024;

    // As long as fewer are gone, passing through them costs less than having them out.
    private const double ShareToRepair = .1;

    private readonly VectorMeasure _measure;
    private readonly int _dimensions;
    private readonly HnswGraph _graph;
    private readonly GraphRows _rows;
    private readonly ZeroRows _zeros;
    private readonly GraphBuilder _builder;
    private readonly FilterCosts _costs;
    private readonly ConcurrentBag<GraphBuffers> _buffers = [];
    private int _ef;
    private int _tunedCount;

    /// <param name="measure">The distance function.</param>
    /// <param name="dimensions">The vectors' dimensions.</param>
    /// <param name="settings">How the graph is built and searched.</param>
    /// <param name="rows">What rows are compared by; none are there yet.</param>
    public GraphIndex(VectorMeasure measure, int dimensions, GraphSettings settings, GraphRows rows)
        : this(measure, dimensions, new HnswGraph(settings), rows, new ZeroRows(measure), new FilterCosts())
    {
    }

    private GraphIndex(VectorMeasure measure, int dimensions, HnswGraph graph, GraphRows rows, ZeroRows zeros, FilterCosts costs)
    {
        _measure = measure;
        _dimensions = dimensions;
        _graph = graph;
        _rows = rows;
        _zeros = zeros;
        _costs = costs;
        _builder = new GraphBuilder(graph, rows.Vectors);
        _ef = graph.Settings.EfSearch ?? GraphTuning.Usual;
    }

    public override int Count => _graph.Count;

    public override long Bytes => _graph.Bytes + _rows.Bytes;

    public override int? UsedEfSearch => EfSearch;

    /// <summary>How many near rows a search keeps.</summary>
    public int EfSearch => Volatile.Read(ref _ef);

    /// <summary>The graph itself.</summary>
    public HnswGraph Graph => _graph;

    public override void Add(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        _rows.Take(vectors, rows, hasVector);
        _zeros.Take(vectors, _graph.Count, rows, hasVector);
        _builder.Add(rows, row => hasVector(row) && !_zeros.Contains(row), cancellationToken);
        Tune(vectors, hasVector, cancellationToken);
    }

    public override VectorIndex Renumber(int[] newRows, VectorBlocks vectors, CancellationToken cancellationToken)
    {
        int count = _graph.Count;
        int[] own = newRows.AsSpan(0, Math.Min(count, newRows.Length)).ToArray();
        int renumbered = own.Length == 0 ? 0 : own.Max() + 1;
        GraphRows rows = _rows.Renumber(own, vectors, renumbered);
        HnswGraph graph = GraphMending.Renumber(_graph, own, renumbered, rows.Vectors, cancellationToken);
        return new GraphIndex(_measure, _dimensions, graph, rows, _zeros.Renumber(own), _costs) { _ef = EfSearch, _tunedCount = Math.Min(_tunedCount, renumbered) };
    }

    public override void Repair(VectorBlocks vectors, Func<int, bool> isLive, CancellationToken cancellationToken)
    {
        int dead = 0;
        int nodes = 0;
        for (int row = 0; row < _graph.Count; row++)
        {
            if (_graph.IsNode(row))
            {
                nodes++;
                dead += isLive(row) ? 0 : 1;
            }
        }

        if (dead >= ShareToRepair * nodes && dead > 0)
        {
            GraphMending.Repair(_graph, isLive, _rows.Vectors, cancellationToken);
        }
    }

    public override RowScore[][] Search(VectorIndexSearch search, CancellationToken cancellationToken)
    {
        GraphIndexSearch run = new(search, new ExactSearch(_measure, _dimensions), _dimensions, _graph, _rows, _zeros, _costs, EfSearch, _buffers);
        return run.Run(cancellationToken);
    }

    private void Tune(VectorBlocks vectors, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        if (_graph.Settings.EfSearch is null && _graph.Count >= Math.Max(LeastToTune, 2 * _tunedCount))
        {
            _tunedCount = _graph.Count;
            Volatile.Write(ref _ef, new GraphTuning(_measure, _dimensions).Choose(_graph, _rows, vectors, hasVector, cancellationToken));
        }
    }
}
