using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LocalRetrieval.Encoders.Safetensors;

/// <summary>Weights in the safetensors format: the header's length, the header, then the tensors' bytes in little-endian order.</summary>
/// <remarks>Only the header is kept; a tensor is read when it is asked for. Immutable and safe for concurrent use.</remarks>
internal sealed partial class SafetensorsFile
{
    // The reference implementation's limit.
    private const int MaxHeaderLength = 100_000_000;

    // A span of bytes cannot be longer than int.MaxValue, a tensor can.
    private const int ReadAtOnce = 1 << 26;

    private readonly long _dataStart;
    private readonly Dictionary<string, SafetensorsTensor> _tensors;

    private SafetensorsFile(string path, long dataStart, Dictionary<string, SafetensorsTensor> tensors)
    {
        Path = path;
        _dataStart = dataStart;
        _tensors = tensors;
    }

    public string Path { get; }

    public IEnumerable<string> Names => _tensors.Keys;

    /// <exception cref="InvalidDataException">The file is not a safetensors file, or is damaged.</exception>
    public static SafetensorsFile Open(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        long fileLength = RandomAccess.GetLength(file);
        byte[] prefix = new byte[sizeof(ulong)];
        if (fileLength < prefix.Length)
        {
            throw new InvalidDataException($"{path} is not a safetensors file: it has {fileLength} bytes, expected a header's length in the first {prefix.Length}.");
        }

        ReadExactly(file, prefix, offset: 0, path);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > (ulong)Math.Min(fileLength - prefix.Length, MaxHeaderLength))
        {
            throw new InvalidDataException(
                $"{path} is not a safetensors file, or is truncated: its first bytes give a header of {headerLength} bytes, but {fileLength - prefix.Length} follow and {MaxHeaderLength} are the limit.");
        }

        byte[] header = new byte[headerLength];
        ReadExactly(file, header, prefix.Length, path);
        long dataStart = prefix.Length + (long)headerLength;
        return new SafetensorsFile(path, dataStart, SafetensorsHeader.Read(path, header, fileLength - dataStart));
    }

    /// <summary>A tensor, or null where there is none of that name.</summary>
    public SafetensorsTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>A tensor's values, row by row.</summary>
    /// <typeparam name="T">The type of the values, of the same size as the tensor's.</typeparam>
    /// <exception cref="InvalidDataException">The tensor has more values than an array can hold, or the file has become shorter.</exception>
    public T[] Read<T>(SafetensorsTensor tensor)
        where T : unmanaged
    {
        if (tensor.Count > Array.MaxLength)
        {
            throw new InvalidDataException($"{Path}: tensor '{tensor.Name}' has {tensor.Count} values, which is not supported. Supported: up to {Array.MaxLength}.");
        }

        T[] values = GC.AllocateUninitializedArray<T>((int)tensor.Count);
        using SafeFileHandle file = File.OpenHandle(Path);
        long offset = _dataStart + tensor.Start;
        for (int start = 0; start < values.Length; start += ReadAtOnce)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(ReadAtOnce, values.Length - start)));
            ReadExactly(file, bytes, offset, Path);
            offset += bytes.Length;
        }

        return values;
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> bytes, long offset, string path)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                throw new InvalidDataException($"{path} ends at byte {offset}, {bytes.Length} bytes too early. It was truncated while it was read.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}
