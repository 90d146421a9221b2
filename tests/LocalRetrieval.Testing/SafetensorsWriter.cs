using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LocalRetrieval.Testing;

/// <summary>Writes safetensors files, damaged ones too.</summary>
public static class SafetensorsWriter
{
    /// <summary>A file of a header and the data, whatever they say.</summary>
    public static byte[] File(string header, int dataLength) => File(header, new byte[dataLength]);

    /// <summary>A file of well-formed tensors.</summary>
    public static byte[] File(params (string Name, string Type, long[] Shape, byte[] Data)[] tensors)
    {
        int offset = 0;
        List<string> entries = [];
        foreach ((string name, string type, long[] shape, byte[] data) in tensors)
        {
            entries.Add($$"""
                "{{name}}":{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{offset}},{{offset + data.Length}}]}
                """);
            offset += data.Length;
        }

        return File($"{{{string.Join(',', entries)}}}", [.. tensors.SelectMany(tensor => tensor.Data)]);
    }

    /// <summary>Writes a file of values in the precision of each tensor's type; a type that is not known gets float64.</summary>
    public static void Write(string path, params (string Name, string Type, int[] Shape, float[] Values)[] tensors)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, File([.. tensors.Select(tensor =>
            (tensor.Name, tensor.Type, Array.ConvertAll(tensor.Shape, size => (long)size), Bytes(tensor.Type, tensor.Values)))]));
    }

    public static byte[] Bytes<T>(T[] values)
        where T : struct => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static byte[] File(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. data];
    }

    private static byte[] Bytes(string type, float[] values) => type switch
    {
        "F32" => Bytes(values),
        "F16" => Bytes(Array.ConvertAll(values, value => (Half)value)),
        "BF16" => Bytes(Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16))),
        _ => Bytes(Array.ConvertAll(values, value => (double)value)),
    };
}
