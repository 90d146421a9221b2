using System.Numerics.Tensors;
using LocalRetrieval.Static.Safetensors;

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
            _ => new SingleTable(Singles(file, tensor), (int)rows, (int)dimensions),
        };
    }

    /// <summary>A tensor's values as float32.</summary>
    /// <exception cref="InvalidDataException">The tensor's type is not supported.</exception>
    public static float[] Singles(SafetensorsFile file, SafetensorsTensor tensor) => tensor.Type switch
    {
        "F32" => file.Read<float>(tensor),
        "F16" => Convert<Half>(file, tensor),
        "BF16" => Array.ConvertAll(file.Read<ushort>(tensor), upper => BitConverter.UInt32BitsToSingle((uint)upper << 16)),
        "F64" => Convert<double>(file, tensor),
        _ => throw new InvalidDataException($"{file.Path}: the dtype of tensor '{tensor.Name}' is {tensor.Type}, which is not supported. Supported: F32, F16, BF16, F64, and I8 for the vectors."),
    };

    private static float[] Convert<T>(SafetensorsFile file, SafetensorsTensor tensor)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        T[] values = file.Read<T>(tensor);
        float[] singles = new float[values.Length];
        TensorPrimitives.ConvertTruncating<T, float>(values, singles);
        return singles;
    }
}
