using System.Collections.Concurrent;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>What all searches of a graph's index share.</summary>
internal sealed class GraphParts(VectorMeasure measure, int dimensions, HnswGraph graph, GraphRows rows, ZeroRows zeros, FilterCosts costs)
{
    public VectorMeasure Measure => measure;

    public int Dimensions => dimensions;

    public HnswGraph Graph => graph;

    /// <summary>What the graph's rows are compared by.</summary>
    public GraphRows Rows => rows;

    /// <summary>The rows that the graph leaves out.</summary>
    public ZeroRows Zeros => zeros;

    /// <summary>What searches cost until now.</summary>
    public FilterCosts Costs => costs;

    /// <summary>Compares rows by their whole vectors.</summary>
    public ExactSearch Exact { get; } = new(measure, dimensions);

    public GraphSearch Walk { get; } = new(graph, rows.Vectors);

    public FilteredGraphSearch FilteredWalk { get; } = new(graph, rows.Vectors);

    /// <summary>Buffers that nobody uses.</summary>
    public ConcurrentBag<GraphBuffers> Buffers { get; } = [];

    /// <summary>The same measure over another graph.</summary>
    public GraphParts With(HnswGraph otherGraph, GraphRows otherRows, ZeroRows otherZeros, FilterCosts otherCosts) =>
        new(measure, dimensions, otherGraph, otherRows, otherZeros, otherCosts);
}
