using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Reads what an <see cref="IndexOutput"/> wrote, in the same order.</summary>
/// <param name="bytes">The file, whose bytes have been checked.</param>
/// <param name="offset">Where it begins.</param>
/// <param name="length">How many bytes there are.</param>
/// <param name="cancellationToken">Ends the reading, between two reads.</param>
internal sealed class IndexInput(MappedBytes bytes, long offset, long length, CancellationToken cancellationToken)
{
    private readonly long _end = offset + length;
    private long _offset = offset;

    /// <summary>Values where they stand in the file, which nobody writes to: what is to change is copied. They are there as long as this memory is held.</summary>
    /// <exception cref="InvalidDataException">There are not as many.</exception>
    public unsafe ReadOnlyMemory<T> Read<T>(int count)
        where T : unmanaged
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = SnapshotFormat.Align(_offset);
        long end = start + ((long)count * sizeof(T));
        if (count < 0 || end > _end)
        {
            throw new InvalidDataException("The index is shorter than it says.");
        }

        _offset = end;
        return bytes.Memory<T>(start, count);
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public T Read<T>()
        where T : unmanaged => Read<T>(1).Span[0];
}
