namespace LocalRetrieval.Onnx.Graphs;

/// <summary>Finds the files beside an ONNX graph that hold its weights, from the protobuf message itself.</summary>
/// <remarks>The fields are those of onnx.proto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</remarks>
internal static class ExternalData
{
    private enum Message
    {
        Model,
        Function,
        Graph,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
        Entry,
    }

    /// <summary>The full paths, each once, in the order of their names in the graph.</summary>
    /// <exception cref="InvalidDataException">The file is not a protobuf message.</exception>
    public static string[] Find(string graphPath)
    {
        SortedSet<string> locations = new(StringComparer.Ordinal);
        using FileStream file = File.OpenRead(graphPath);
        try
        {
            Read(new ProtobufReader(file), file.Length, Message.Model, locations);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"{graphPath} is not an ONNX model: a message of it goes past its end.", exception);
        }

        string folder = Path.GetDirectoryName(graphPath)!;
        return [.. locations.Select(location => Path.Combine(folder, location.Replace('/', Path.DirectorySeparatorChar)))];
    }

    /// <summary>Refuses weights of which a clone without Git LFS has only a pointer; a graph that cannot be walked is passed over.</summary>
    /// <exception cref="InvalidDataException">A file is such a pointer.</exception>
    public static void RefusePointers(string graphPath)
    {
        string[] paths;
        try
        {
            paths = Find(graphPath);
        }
        catch (InvalidDataException)
        {
            return;
        }

        foreach (string path in paths.Where(File.Exists))
        {
            GitLfsPointer.Refuse(path);
        }
    }

    // The messages within a message that lead to the weights.
    private static Message? Inner(Message message, long field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) or (Message.Function, 7) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 15) => Message.SparseTensor,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.SparseTensor, 1 or 2) => Message.Tensor,
        (Message.Tensor, 13) => Message.Entry,
        _ => null,
    };

    private static void Read(ProtobufReader reader, long end, Message message, SortedSet<string> locations)
    {
        string key = "";
        string value = "";
        foreach (ProtobufField field in reader.Fields(end))
        {
            if (message == Message.Entry)
            {
                string text = reader.Text(field);
                (key, value) = field.Id == 1 ? (text, value) : (key, text);
            }
            else if (field.WireType == ProtobufField.Bytes && Inner(message, field.Id) is { } inner)
            {
                Read(reader, field.End, inner, locations);
            }
        }

        if (key == "location")
        {
            locations.Add(value);
        }
    }
}
