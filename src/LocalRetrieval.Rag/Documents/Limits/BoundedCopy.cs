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
        MemoryStream copy = new();
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
}
