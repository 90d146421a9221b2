using Microsoft.Win32.SafeHandles;

namespace LocalRetrieval.VectorData.Files;

/// <summary>An open file of the file system.</summary>
internal sealed class DiskFile(SafeFileHandle handle) : IStoreFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(long offset, Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length && RandomAccess.Read(handle, buffer[filled..], offset + filled) is > 0 and int read)
        {
            filled += read;
        }

        return filled;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void Flush() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
