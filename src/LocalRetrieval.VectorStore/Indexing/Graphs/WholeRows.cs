using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Rows of a graph that are compared by their whole vectors.</summary>
internal sealed class WholeRows(VectorMeasure measure, int dimensions) : GraphRows
{
    private readonly WholeVectors _vectors = new(measure, dimensions);

    public override IRowVectors Vectors => _vectors;

    public override bool AreWhole => true;

    public override long Bytes => 0;

    public override void Take(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken) => _vectors.Take(vectors, rows);

    public override string Format => "whole";

    public override void Save(IndexOutput output)
    {
    }

    public override void Load(IndexInput input, VectorBlocks vectors, int rows) => _vectors.Take(vectors, rows);

    public override GraphRows Renumber(ReadOnlySpan<int> newRows, VectorBlocks vectors, int rows, CancellationToken cancellationToken)
    {
        WholeRows renumbered = new(measure, dimensions);
        renumbered._vectors.Take(vectors, rows);
        return renumbered;
    }
}
