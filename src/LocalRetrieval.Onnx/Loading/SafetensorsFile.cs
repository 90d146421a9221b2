using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LocalRetrieval.Onnx.Loading;

/// <summary>Weights in the safetensors format: a JSON header with the type, the shape and the bytes of each tensor, then the bytes.</summary>
/// <remarks>Only the header is kept: a tensor is read when it is asked for.</remarks>
internal sealed class SafetensorsFile
{
    private readonly string _path;
    private readonly long _data;
    private readonly long _length;
    private readonly JsonElement _header;

    private SafetensorsFile(string path, long data, long length, JsonElement header)
    {
        _path = path;
        _data = data;
        _length = length;
        _header = header;
    }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static SafetensorsFile Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] prefix = new byte[sizeof(ulong)];
        ulong length = file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)Math.Max(0, Math.Min(file.Length - prefix.Length, int.MaxValue)))
        {
            throw new InvalidDataException($"{path} is not a safetensors file, or is truncated: its header does not fit in {file.Length} bytes.");
        }

        byte[] json = new byte[length];
        file.ReadExactly(json);
        try
        {
            using JsonDocument header = JsonDocument.Parse(json);
            return new SafetensorsFile(path, file.Position, file.Length - file.Position, header.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a safetensors file: its header is not JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Whether the file has a tensor of that name.</summary>
    public bool Has(string name) => _header.ValueKind == JsonValueKind.Object && _header.TryGetProperty(name, out _);

    /// <summary>A tensor's shape.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing, or its header is damaged.</exception>
    public int[] Shape(string name) => ReadHeader(name, entry => entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray());

    /// <summary>A tensor's values, row by row.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="InvalidDataException">The tensor is missing, of another shape or type, or lies outside of the file.</exception>
    public float[] Floats(string name, params int[] shape)
    {
        int[] found = Shape(name);
        if (!found.AsSpan().SequenceEqual(shape))
        {
            throw new InvalidDataException($"{_path}: '{name}' is [{string.Join(", ", found)}], expected [{string.Join(", ", shape)}].");
        }

        (string type, long start, long end) = ReadHeader(name, entry =>
            (entry.GetProperty("dtype").GetString() ?? "", entry.GetProperty("data_offsets")[0].GetInt64(), entry.GetProperty("data_offsets")[1].GetInt64()));
        return Convert(name, type, Bytes(start, end, name), shape.Aggregate(1, (a, b) => checked(a * b)));
    }

    private T ReadHeader<T>(string name, Func<JsonElement, T> read)
    {
        if (!Has(name))
        {
            throw new InvalidDataException($"{_path} has no tensor '{name}'.");
        }

        try
        {
            return read(_header.GetProperty(name));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{_path}: the header of '{name}' cannot be read: {exception.Message}", exception);
        }
    }

    private byte[] Bytes(long start, long end, string name)
    {
        if (start < 0 || end < start || end > _length)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{_path}: '{name}' lies at {start} to {end}, but the file has {_length} bytes of data. It is truncated."));
        }

        using FileStream file = File.OpenRead(_path);
        file.Position = _data + start;
        byte[] bytes = new byte[end - start];
        file.ReadExactly(bytes);
        return bytes;
    }

    private float[] Convert(string name, string type, byte[] bytes, int count)
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
                MemoryMarshal.Cast<byte, float>(bytes.AsSpan()).CopyTo(values);
                break;
            case "F16":
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()), values);
                break;
            default:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
                for (int i = 0; i < count; i++)
                {
                    values[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                break;
        }

        return values;
    }
}
