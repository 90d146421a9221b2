using System.Globalization;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <content>How graph and codes stand in a file.</content>
internal sealed partial class GraphIndex
{
    private const int Version = 2;

    public override string Format => string.Create(
        CultureInfo.InvariantCulture,
        $"graph {Version}: {_parts.Measure.Name}, {_parts.Dimensions}, M {_graph.Settings.M}, efConstruction {_graph.Settings.EfConstruction}, ef {_graph.Settings.EfSearch}, recall {_graph.Settings.TargetRecall}, seed {_graph.Settings.Seed}, {_rows.Format}");

    public override void Save(IndexOutput output, CancellationToken cancellationToken)
    {
        GraphEffort effort = _effort;
        output.Write(effort.Kept);
        output.Write(effort.Rows);
        output.Write(effort.Recall);
        _graph.Save(output);
        _parts.Zeros.Save(output);
        _rows.Save(output);
    }

    public override void Load(IndexInput input, VectorBlocks vectors)
    {
        GraphEffort effort = new(input.Read<int>(), input.Read<int>(), input.Read<double>());
        if (effort.Kept < 1 || effort.Rows < 0)
        {
            throw new InvalidDataException($"The graph is said to be searched with ef {effort.Kept}, by {effort.Rows} rows.");
        }

        _graph.Load(input);
        _parts.Zeros.Load(input);
        _rows.Load(input, vectors, _graph.Count);
        _effort = effort;
    }
}
