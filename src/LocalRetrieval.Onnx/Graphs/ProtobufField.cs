namespace LocalRetrieval.Onnx.Graphs;

/// <summary>A field of a protobuf message.</summary>
/// <param name="Id">Its number in the message's definition.</param>
/// <param name="WireType">How it is written: <see cref="Number"/>, <see cref="Bytes"/>, or of a fixed size.</param>
/// <param name="Value">The number, or the count of bytes.</param>
/// <param name="End">Where in the file it ends.</param>
internal readonly record struct ProtobufField(long Id, int WireType, long Value, long End)
{
    /// <summary>A number of any size.</summary>
    public const int Number = 0;

    /// <summary>A text, a message, or numbers packed together.</summary>
    public const int Bytes = 2;
}
