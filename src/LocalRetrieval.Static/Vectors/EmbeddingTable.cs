using LocalRetrieval.Encoders.Safetensors;

namespace LocalRetrieval.Static.Vectors;

/// <summary>The rows of a static model, one vector each, in the precision of their file.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal abstract class EmbeddingTable(int rows, int dimensions)
{
    public int Rows => rows;

    public int Dimensions => dimensions;

    /// <summary>Adds rows up.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">What each is multiplied by; empty for 1.</param>
    /// <param name="sum">Where the sum goes, [dimensions].</param>
    public abstract void Sum(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum);

    /// <summary>Reads a tensor of [rows, dimensions]; bfloat16 and float64 become float32.</summary>
    /// <exception cref="InvalidDataException">The tensor has another shape, or a type that is not supported.</exception>
    public static EmbeddingTable Read(SafetensorsFile file, SafetensorsTensor tensor)
    {
        if (tensor.Shape is not [> 0 and <= int.MaxValue and long rows, > 0 and <= int.MaxValue and long dimensions])
        {
            throw new InvalidDataException($"{file.Path}: tensor '{tensor.Name}' is [{string.Join(", ", tensor.Shape)}], expected [rows, dimensions].");
        }

        return tensor.Type switch
        {
            "I8" => new SByteTable(file.Read<sbyte>(tensor), (int)rows, (int)dimensions),
            "F16" => new HalfTable(file.Read<Half>(tensor), (int)rows, (int)dimensions),
            _ => new SingleTable(file.Floats(tensor), (int)rows, (int)dimensions),
        };
    }
}
