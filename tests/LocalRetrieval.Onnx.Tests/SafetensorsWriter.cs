using System.Runtime.InteropServices;
using System.Text.Json;

namespace LocalRetrieval.Onnx.Tests;

/// <summary>Writes small weights for tests.</summary>
internal static class SafetensorsWriter
{
    public static void Write(string path, params (string Name, string Type, int[] Shape, float[] Values)[] tensors)
    {
        using MemoryStream data = new();
        Dictionary<string, object> header = [];
        foreach ((string name, string type, int[] shape, float[] values) in tensors)
        {
            long start = data.Position;
            foreach (float value in values)
            {
                data.Write(type switch
                {
                    "F32" => BitConverter.GetBytes(value),
                    "F16" => BitConverter.GetBytes((Half)value),
                    "BF16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)),
                    _ => BitConverter.GetBytes((double)value),
                });
            }

            header[name] = new { dtype = type, shape, data_offsets = new[] { start, data.Position } };
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes<ulong>([(ulong)json.Length]));
        file.Write(json);
        data.WriteTo(file);
    }
}
