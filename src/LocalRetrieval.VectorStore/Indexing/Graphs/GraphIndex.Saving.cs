using System.Globalization;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <content>How graph and codes stand in a file.</content>
internal sealed partial class GraphIndex
{
    private const int Version = 1;

    public override string Format => string.Create(
        CultureInfo.InvariantCulture,
        $"graph {Version}: {_parts.Measure.Name}, {_parts.Dimensions}, M {_graph.Settings.M}, efConstruction {_graph.Settings.EfConstruction}, ef {_graph.Settings.EfSearch}, recall {_graph.Settings.TargetRecall}, seed {_graph.Settings.Seed}, {_rows.Format}");

    public override void Save(IndexOutput output, CancellationToken cancellationToken)
    {
        output.Write(EfSearch);
        output.Write(_tunedCount);
        _graph.Save(output);
        _parts.Zeros.Save(output);
        _rows.Save(output);
    }

    public override void Load(IndexInput input, VectorBlocks vectors)
    {
        int ef = input.Read<int>();
        int tunedCount = input.Read<int>();
        if (ef < 1 || tunedCount < 0)
        {
            throw new InvalidDataException($"The graph is said to be searched with ef {ef}, by {tunedCount} rows.");
        }

        _graph.Load(input);
        _parts.Zeros.Load(input);
        _rows.Load(input, vectors, _graph.Count);
        _tunedCount = tunedCount;
        Volatile.Write(ref _ef, ef);
    }
}
