using System.Numerics;
using System.Numerics.Tensors;

namespace LocalRetrieval.Encoders.Safetensors;

internal sealed partial class SafetensorsFile
{
    /// <summary>A tensor's values as float32.</summary>
    /// <exception cref="InvalidDataException">The tensor's type is not supported.</exception>
    public float[] Floats(SafetensorsTensor tensor) => tensor.Type switch
    {
        "F32" => Read<float>(tensor),
        "F16" => Convert<Half>(tensor),
        "BF16" => Array.ConvertAll(Read<ushort>(tensor), upper => BitConverter.UInt32BitsToSingle((uint)upper << 16)),
        "F64" => Convert<double>(tensor),
        _ => throw new InvalidDataException($"{Path}: the dtype of tensor '{tensor.Name}' is {tensor.Type}, which is not supported here. Supported: F32, F16, BF16, F64."),
    };

    /// <summary>The values, as float32, of a tensor that must be there.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="InvalidDataException">The tensor is missing, of another shape, or its type is not supported.</exception>
    public float[] Floats(string name, params int[] shape)
    {
        SafetensorsTensor tensor = Find(name) ?? throw new InvalidDataException($"{Path} has no tensor '{name}'; found {string.Join(", ", Names)}.");
        return tensor.Shape.SequenceEqual(shape.Select(size => (long)size))
            ? Floats(tensor)
            : throw new InvalidDataException($"{Path}: tensor '{name}' is [{string.Join(", ", tensor.Shape)}], expected [{string.Join(", ", shape)}].");
    }

    private float[] Convert<T>(SafetensorsTensor tensor)
        where T : unmanaged, INumberBase<T>
    {
        T[] values = Read<T>(tensor);
        float[] floats = new float[values.Length];
        TensorPrimitives.ConvertTruncating<T, float>(values, floats);
        return floats;
    }
}
