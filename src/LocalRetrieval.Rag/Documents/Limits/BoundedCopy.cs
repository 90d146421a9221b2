using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>Reads streams whose length is not to be believed.</summary>
internal static class BoundedCopy
{
    private const int BufferSize = 80 * 1024;

    /// <summary>All of a stream, from where it is.</summary>
    /// <exception cref="InvalidDataException">It has more than <paramref name="maxBytes"/>.</exception>
    public static async Task<MemoryStream> ReadAsync(Stream stream, long maxBytes, string source, CancellationToken cancellationToken)
    {
        MemoryStream copy = new(CapacityOf(stream, maxBytes));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (copy.Length + read > Math.Min(maxBytes, Array.MaxLength))
                {
                    throw new InvalidDataException(
                        $"'{source}' has more than {Math.Min(maxBytes, Array.MaxLength)} bytes, which {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxBytes)} "
                            + "and memory allow at most. Raise it if the document is to be trusted, or leave the document out.");
                }

                copy.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        copy.Position = 0;
        return copy;
    }

    /// <summary>All of a stream, from where it is, as an array of just that length.</summary>
    /// <exception cref="InvalidDataException">It has more than <paramref name="maxBytes"/>.</exception>
    public static async Task<byte[]> ReadBytesAsync(Stream stream, long maxBytes, string source, CancellationToken cancellationToken)
    {
        MemoryStream copy = await ReadAsync(stream, maxBytes, source, cancellationToken).ConfigureAwait(false);
        return copy.Capacity == copy.Length ? copy.GetBuffer() : copy.ToArray();
    }

    /// <summary>What the stream says to have, within the limit: a copy that need not grow is held once.</summary>
    private static int CapacityOf(Stream stream, long maxBytes) =>
        stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position, 0, Math.Min(maxBytes, Array.MaxLength)) : 0;
}
