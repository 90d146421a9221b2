using System.Text.RegularExpressions;

namespace LocalRetrieval.Onnx.Graphs;

/// <summary>Finds how many positions a graph has vectors for, from its weights' names and shapes.</summary>
/// <remarks>The fields are those of onnx.proto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</remarks>
internal static partial class PositionRows
{
    private const int ModelGraph = 7;
    private const int GraphInitializer = 5;
    private const int TensorDimensions = 1;
    private const int TensorName = 8;

    /// <summary>The rows of the table of positions, the largest of several; null where no weight bears the name of one, or the file is no such message.</summary>
    public static long? Find(string graphPath)
    {
        using FileStream file = File.OpenRead(graphPath);
        try
        {
            return Find(new ProtobufReader(file), file.Length);
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private static long? Find(ProtobufReader reader, long length)
    {
        long? rows = null;
        foreach (ProtobufField graph in reader.Fields(length).Where(field => field.Id == ModelGraph))
        {
            foreach (ProtobufField tensor in reader.Fields(graph.End).Where(field => field.Id == GraphInitializer))
            {
                rows = Rows(reader, tensor) is { } found && found > (rows ?? 0) ? found : rows;
            }
        }

        return rows;
    }

    private static long? Rows(ProtobufReader reader, ProtobufField tensor)
    {
        List<long> shape = [];
        string name = "";
        foreach (ProtobufField field in reader.Fields(tensor.End))
        {
            if (field.Id == TensorDimensions)
            {
                shape.AddRange(reader.Numbers(field));
            }
            else if (field.Id == TensorName)
            {
                name = reader.Text(field);
            }
        }

        return shape is [> 0 and long rows, > 0] && TableName().IsMatch(name) ? rows : null;
    }

    // As the modules of torch that hold absolute positions are called, whatever a quantizer appends.
    [GeneratedRegex(@"(^|[./])(pos|positions?|position_embeddings?|pos_embed(ding)?s?|embed_positions|wpe)(\.weight)?(_quantized)?$")]
    private static partial Regex TableName();
}
