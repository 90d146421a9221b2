using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval.Encoders;

/// <summary>A SHA-256 over texts and files, each with its length before it, so that no two sequences run together to the same.</summary>
internal sealed class ContentHash : IDisposable
{
    // Large reads: a model is hashed as fast as SHA-256 goes.
    private const int BufferBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Append(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AppendLength(bytes.Length);
        _hash.AppendData(bytes);
    }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public void AppendFile(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        AppendLength(file.Length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                _hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The hash of all that was appended, in lower-case hexadecimal digits; starts anew.</summary>
    public string ToHex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void AppendLength(long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        _hash.AppendData(bytes);
    }
}
