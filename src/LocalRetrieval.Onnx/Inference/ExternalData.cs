using System.Text;

namespace LocalRetrieval.Onnx.Inference;

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
            Read(file, file.Length, Message.Model, locations);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"{graphPath} is not an ONNX model: a message of it goes past its end.", exception);
        }

        string folder = Path.GetDirectoryName(graphPath)!;
        return [.. locations.Select(location => Path.Combine(folder, location.Replace('/', Path.DirectorySeparatorChar)))];
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

    private static void Read(FileStream file, long end, Message message, SortedSet<string> locations)
    {
        string key = "";
        string value = "";
        while (file.Position < end)
        {
            long tag = Varint(file);
            long length = (tag & 7) switch
            {
                0 => Skip(file),
                1 => sizeof(long),
                2 => Varint(file),
                5 => sizeof(int),
                _ => throw new EndOfStreamException(),
            };
            long next = file.Position + length;
            if (length < 0 || next > end)
            {
                throw new EndOfStreamException();
            }

            if (message == Message.Entry)
            {
                string text = Text(file, (int)length);
                (key, value) = tag >> 3 == 1 ? (text, value) : (key, text);
            }
            else if ((tag & 7) == 2 && Inner(message, tag >> 3) is { } inner)
            {
                Read(file, next, inner, locations);
            }

            if (file.Position != next)
            {
                file.Position = next;
            }
        }

        if (key == "location")
        {
            locations.Add(value);
        }
    }

    private static string Text(FileStream file, int length)
    {
        byte[] bytes = new byte[length];
        file.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static long Skip(FileStream file)
    {
        Varint(file);
        return 0;
    }

    private static long Varint(FileStream file)
    {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int read = file.ReadByte();
            if (read < 0)
            {
                throw new EndOfStreamException();
            }

            value |= (long)(read & 0x7F) << shift;
            if (read < 0x80)
            {
                return value;
            }
        }

        throw new EndOfStreamException();
    }
}
