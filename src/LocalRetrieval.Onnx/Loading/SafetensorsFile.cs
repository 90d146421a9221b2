using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LocalRetrieval.Onnx.Loading;

/// <summary>Weights in the safetensors format: a JSON header with the type, the shape and the bytes of each tensor, then the bytes.</summary>
/// <remarks>For the small files of modules: it is read whole.</remarks>
internal sealed class SafetensorsFile
{
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly int _data;
    private readonly JsonElement _header;

    private SafetensorsFile(string path, byte[] bytes, int data, JsonElement header)
    {
        _path = path;
        _bytes = bytes;
        _data = data;
        _header = header;
    }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static SafetensorsFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        ulong length = bytes.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)bytes.Length - sizeof(ulong))
        {
            throw new InvalidDataException($"{path} is not a safetensors file, or is truncated: its header does not fit in {bytes.Length} bytes.");
        }

        int data = sizeof(ulong) + (int)length;
        try
        {
            using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(sizeof(ulong), (int)length));
            return new SafetensorsFile(path, bytes, data, header.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a safetensors file: its header is not JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Whether the file has a tensor of that name.</summary>
    public bool Has(string name) => _header.ValueKind == JsonValueKind.Object && _header.TryGetProperty(name, out _);

    /// <summary>A tensor's values, row by row.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="InvalidDataException">The tensor is missing, of another shape or type, or lies outside of the file.</exception>
    public float[] Floats(string name, params int[] shape)
    {
        if (!Has(name) || _header.GetProperty(name) is not { ValueKind: JsonValueKind.Object } entry)
        {
            throw new InvalidDataException($"{_path} has no tensor '{name}'.");
        }

        try
        {
            int[] found = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            if (!found.AsSpan().SequenceEqual(shape))
            {
                throw new InvalidDataException($"{_path}: '{name}' is [{string.Join(", ", found)}], expected [{string.Join(", ", shape)}].");
            }

            JsonElement offsets = entry.GetProperty("data_offsets");
            return Convert(name, entry.GetProperty("dtype").GetString() ?? "", Slice(offsets[0].GetInt64(), offsets[1].GetInt64(), name), shape.Aggregate(1, (a, b) => checked(a * b)));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{_path}: the header of '{name}' cannot be read: {exception.Message}", exception);
        }
    }

    private ReadOnlySpan<byte> Slice(long start, long end, string name) =>
        start >= 0 && end >= start && end <= _bytes.Length - _data
            ? _bytes.AsSpan(_data + (int)start, (int)(end - start))
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{_path}: '{name}' lies at {start} to {end}, but the file has {_bytes.Length - _data} bytes of data. It is truncated."));

    private float[] Convert(string name, string type, ReadOnlySpan<byte> bytes, int count)
    {
        int size = type switch
        {
            "F32" => sizeof(float),
            "F16" or "BF16" => sizeof(ushort),
            _ => throw new InvalidDataException($"{_path}: the dtype of '{name}' is '{type}', which is not supported. Supported: F32, F16, BF16."),
        };
        if (bytes.Length != (long)count * size)
        {
            throw new InvalidDataException($"{_path}: '{name}' has {bytes.Length} bytes, expected {(long)count * size}.");
        }

        float[] values = new float[count];
        switch (type)
        {
            case "F32":
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                break;
            case "F16":
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            default:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < count; i++)
                {
                    values[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                break;
        }

        return values;
    }
}
