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
    // So few rows of a list are compared in less time than it takes to find out how they are best found.
    private const int FewRows = 256;

    // As long as fewer are gone, passing through them costs less than having them out.
    private const double ShareToRepair = .1;

    // Where more goes, nearly each row has lost neighbours: a new graph, built by all threads, costs no more, and is searched from its first rows on.
    private const double ShareToBuildAnew = 1.0 / 3;

    private readonly GraphParts _parts;
    private readonly HnswGraph _graph;
    private readonly GraphRows _rows;
    private readonly GraphBuilder _builder;
    private volatile GraphEffort _effort;

    /// <param name="measure">The distance function.</param>
    /// <param name="dimensions">The vectors' dimensions.</param>
    /// <param name="settings">How the graph is built and searched.</param>
    /// <param name="rows">What rows are compared by; none are there yet.</param>
    public GraphIndex(VectorMeasure measure, int dimensions, GraphSettings settings, GraphRows rows)
        : this(new GraphParts(measure, dimensions, new HnswGraph(settings), rows, new ZeroRows(measure), new FilterCosts()))
    {
    }

    private GraphIndex(GraphParts parts)
    {
        _parts = parts;
        _graph = parts.Graph;
        _rows = parts.Rows;
        _builder = new GraphBuilder(_graph, _rows.Vectors);
        _effort = new GraphEffort(_graph.Settings.EfSearch ?? GraphTuning.Usual);
    }

    public override int Count => _graph.Count;

    public override long Bytes => _graph.Bytes + _rows.Bytes;

    public override int? UsedEfSearch => EfSearch;

    public override double? MeasuredRecall => _effort.Recall is >= 0 and { } recall ? recall : null;

    /// <summary>How many near rows a search keeps.</summary>
    public int EfSearch => _effort.Kept;

    /// <summary>The graph itself.</summary>
    public HnswGraph Graph => _graph;

    /// <summary>The same index, whose searches keep so many near rows.</summary>
    public GraphIndex WithEfSearch(int ef) => new(_parts.With(_graph, _rows, _parts.Zeros, new FilterCosts())) { _effort = new GraphEffort(ef, int.MaxValue) };

    /// <summary>How many near rows searches are to keep for the target recall, measured now.</summary>
    public int ChooseEfSearch(VectorBlocks vectors, CancellationToken cancellationToken) =>
        new GraphTuning(_parts.Measure, _parts.Dimensions).Choose(_graph, _rows, vectors, static _ => true, cancellationToken).Kept;

    public override void Add(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        _rows.Take(vectors, rows, hasVector, cancellationToken);
        _parts.Zeros.Take(vectors, _graph.Count, rows, hasVector);
        _builder.Add(rows, row => hasVector(row) && !_parts.Zeros.Contains(row), cancellationToken);
        Tune(vectors, hasVector, cancellationToken);
    }

    /// <remarks>Where many go, it knows none of those that stay: they are added to a new graph.</remarks>
    /// <inheritdoc/>
    public override VectorIndex Renumber(int[] newRows, VectorBlocks vectors, CancellationToken cancellationToken)
    {
        int count = _graph.Count;
        int[] own = newRows.AsSpan(0, Math.Min(count, newRows.Length)).ToArray();
        int renumbered = own.Length == 0 ? 0 : own.Max() + 1;
        GraphRows rows = _rows.Renumber(own, vectors, renumbered, cancellationToken);
        int[] nodes = GraphMending.NodesAmong(_graph, own);
        if (GoesMostly(nodes))
        {
            return new GraphIndex(_parts.With(new HnswGraph(_graph.Settings), rows, new ZeroRows(_parts.Measure), _parts.Costs)) { _effort = _effort with { Rows = 0 } };
        }

        HnswGraph graph = GraphMending.Renumber(_graph, own, nodes, renumbered, rows.Vectors, cancellationToken);
        return new GraphIndex(_parts.With(graph, rows, _parts.Zeros.Renumber(own, renumbered), _parts.Costs)) { _effort = _effort with { Rows = Math.Min(_effort.Rows, renumbered) } };
    }

    public override void Repair(VectorBlocks vectors, Func<int, bool> isLive, CancellationToken cancellationToken)
    {
        // What an addition that was ended has taken is not known to the last generation's readers yet.
        _parts.Zeros.Keep(row => row >= _graph.Count || isLive(row), ShareToRepair);
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

    public override RowScore[][] Search(VectorIndexSearch search, CancellationToken cancellationToken) => search.Candidates is { Length: <= FewRows } few
        ? _parts.Exact.SearchRows(search.Blocks, few, search.Queries, search.Options, cancellationToken)
        : new GraphIndexSearch(search, _parts, EfSearch).Run(cancellationToken);

    private bool GoesMostly(int[] newNodes)
    {
        int gone = 0;
        int nodes = 0;
        for (int row = 0; row < newNodes.Length; row++)
        {
            if (_graph.IsNode(row))
            {
                nodes++;
                gone += newNodes[row] < 0 ? 1 : 0;
            }
        }

        return gone > ShareToBuildAnew * nodes;
    }

    private void Tune(VectorBlocks vectors, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        if (_graph.Settings.EfSearch is null && _graph.Count >= NextMeasured(_effort.Rows))
        {
            _effort = new GraphTuning(_parts.Measure, _parts.Dimensions).Choose(_graph, _rows, vectors, hasVector, cancellationToken);
        }
    }
}
