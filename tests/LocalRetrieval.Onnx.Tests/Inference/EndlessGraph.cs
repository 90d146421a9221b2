using System.Text;

namespace LocalRetrieval.Onnx.Tests.Inference;

/// <summary>
/// An ONNX graph with a loop that takes centuries where a batch has more than so many tokens, so that only cancellation ends its run, and none where it
/// has fewer: a test that cancels it needs no clock.
/// </summary>
internal static class EndlessGraph
{
    /// <summary>The most tokens of a text that is run at once.</summary>
    public const int MaxTokens = 8;

    private const int Float = 1;
    private const int Int64 = 7;
    private const int Bool = 9;

    /// <summary>The file: input_ids, attention_mask and token_type_ids to last_hidden_state.</summary>
    /// <param name="width">The length of a token's vector.</param>
    public static byte[] Model(int width) => new ProtobufWriter()
        .Varint(1, 8)
        .Message(7, Graph(width))
        .Message(8, new ProtobufWriter().Text(1, "").Varint(2, 17))
        .ToArray();

    private static ProtobufWriter Graph(int width) => new ProtobufWriter()
        .Message(1, Node("Shape", ["input_ids"], "shape"))
        .Message(1, Node("Gather", ["shape", "one"], "tokens"))
        .Message(1, Node("Sub", ["tokens", "limit"], "over"))
        .Message(1, Node("Max", ["over", "zero"], "excess"))
        .Message(1, Node("Mul", ["excess", "centuries"], "turns"))
        .Message(1, Node("Unsqueeze", ["input_ids", "last"], "ids"))
        .Message(1, Node("Cast", ["ids"], "values", new ProtobufWriter().Text(1, "to").Varint(3, Float).Varint(20, 2)))
        .Message(1, Node("Mul", ["values", "ones"], "start"))
        .Message(1, Node("Loop", ["turns", "", "start"], "last_hidden_state", new ProtobufWriter().Text(1, "body").Message(6, Body()).Varint(20, 5)))
        .Text(2, "endless")
        .Message(5, Integers("one", [], 1))
        .Message(5, Integers("limit", [], MaxTokens))
        .Message(5, Integers("zero", [], 0))
        .Message(5, Integers("centuries", [], 1L << 50))
        .Message(5, Integers("last", [1], -1))
        .Message(5, Ones(width))
        .Message(11, Value("input_ids", Int64, "batch", "sequence"))
        .Message(11, Value("attention_mask", Int64, "batch", "sequence"))
        .Message(11, Value("token_type_ids", Int64, "batch", "sequence"))
        .Message(12, Value("last_hidden_state", Float, "batch", "sequence", width));

    private static ProtobufWriter Body() => new ProtobufWriter()
        .Message(1, Node("Identity", ["goes_on"], "goes_on_out"))
        .Message(1, Node("Neg", ["state"], "state_out"))
        .Text(2, "turn")
        .Message(11, Value("turn", Int64))
        .Message(11, Value("goes_on", Bool))
        .Message(11, Value("state", Float, "batch", "sequence", "width"))
        .Message(12, Value("goes_on_out", Bool))
        .Message(12, Value("state_out", Float, "batch", "sequence", "width"));

    private static ProtobufWriter Node(string type, string[] inputs, string output, ProtobufWriter? attribute = null)
    {
        ProtobufWriter node = new();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(4, type);
        return attribute is null ? node : node.Message(5, attribute);
    }

    private static ProtobufWriter Integers(string name, int[] shape, long value) => Shaped(shape).Varint(2, Int64).Varint(7, value).Text(8, name);

    private static ProtobufWriter Ones(int width)
    {
        ProtobufWriter tensor = Shaped([1, 1, width]).Varint(2, Float);
        for (int i = 0; i < width; i++)
        {
            tensor.Single(4, 1);
        }

        return tensor.Text(8, "ones");
    }

    private static ProtobufWriter Shaped(int[] shape)
    {
        ProtobufWriter tensor = new();
        foreach (int dimension in shape)
        {
            tensor.Varint(1, dimension);
        }

        return tensor;
    }

    /// <summary>A name and its type; a dimension is a number, or a name where it is open.</summary>
    private static ProtobufWriter Value(string name, int type, params object[] shape)
    {
        ProtobufWriter dimensions = new();
        foreach (object dimension in shape)
        {
            dimensions.Message(1, dimension is int length ? new ProtobufWriter().Varint(1, length) : new ProtobufWriter().Text(2, (string)dimension));
        }

        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Varint(1, type).Message(2, dimensions)));
    }

    /// <summary>Writes the fields of a protobuf message.</summary>
    private sealed class ProtobufWriter
    {
        private readonly List<byte> _bytes = [];

        public ProtobufWriter Varint(int field, long value)
        {
            WriteVarint((ulong)field << 3);
            WriteVarint((ulong)value);
            return this;
        }

        public ProtobufWriter Single(int field, float value)
        {
            WriteVarint(((ulong)field << 3) | 5);
            _bytes.AddRange(BitConverter.GetBytes(value));
            return this;
        }

        public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

        public byte[] ToArray() => [.. _bytes];

        private ProtobufWriter Bytes(int field, byte[] value)
        {
            WriteVarint(((ulong)field << 3) | 2);
            WriteVarint((ulong)value.Length);
            _bytes.AddRange(value);
            return this;
        }

        private void WriteVarint(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                _bytes.Add((byte)(value | 0x80));
            }

            _bytes.Add((byte)value);
        }
    }
}
