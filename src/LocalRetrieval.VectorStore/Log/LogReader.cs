using System.Buffers;
using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Log;

/// <summary>Reads a log from its beginning to the first frame that is not whole.</summary>
internal sealed class LogReader
{
    private readonly IStoreFile _file;
    private readonly ulong _number;

    private LogReader(IStoreFile file, ulong number)
    {
        _file = file;
        _number = number;
    }

    /// <summary>The log's random number.</summary>
    public ulong Number => _number;

    /// <param name="file">The log; it stays the caller's to dispose.</param>
    /// <param name="name">How errors name it.</param>
    /// <exception cref="InvalidDataException">It does not begin as a log does.</exception>
    public static LogReader Open(IStoreFile file, string name)
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderLength];
        int read = file.Read(0, header);
        return LogFormat.ReadHeader(header[..read], out ulong number) is { } fault
            ? throw new InvalidDataException($"'{name}' {fault}.")
            : new LogReader(file, number);
    }

    /// <summary>Reads the first frame.</summary>
    /// <param name="read">Reads its payload.</param>
    /// <returns>What was read; the default where the frame is not whole.</returns>
    public T? ReadFirst<T>(PayloadReader<T> read)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            if (ReadFrame(LogFormat.HeaderLength, _file.Length, ref buffer) is not { } size)
            {
                return default;
            }

            ByteReader payload = new(buffer.AsSpan(LogFormat.FrameHeaderLength, size - LogFormat.FrameHeaderLength));
            return read(ref payload);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads all frames that are whole up to the first that is not.</summary>
    /// <param name="apply">Takes each in.</param>
    /// <param name="from">Where to begin: the header's length, or where an earlier reading ended.</param>
    /// <param name="after">The generation of the frame before; null where there is none.</param>
    public LogEnd Read(FrameHandler apply, long from = LogFormat.HeaderLength, long? after = null)
    {
        long length = _file.Length;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (ReadFrame(from, length, ref buffer) is { } size && IsNext(buffer, after))
            {
                after = LogFormat.GenerationOf(buffer);
                apply(after.Value, buffer.AsSpan(LogFormat.FrameHeaderLength, size - LogFormat.FrameHeaderLength));
                from += size;
            }

            return new LogEnd(from, length, after, from < length ? CountLater(from, length, after, ref buffer) : 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsNext(byte[] frame, long? after) => after is not { } before || LogFormat.GenerationOf(frame) >= before;

    /// <summary>Reads the frame at an offset into the buffer.</summary>
    /// <returns>Its length; null where there is none that is whole.</returns>
    private int? ReadFrame(long offset, long length, ref byte[] buffer)
    {
        Span<byte> header = buffer.AsSpan(0, LogFormat.FrameHeaderLength);
        if (length - offset < header.Length || _file.Read(offset, header) < header.Length || LogFormat.LengthOf(header) is not { } size || length - offset < size)
        {
            return null;
        }

        if (size > buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(size);
        }

        Span<byte> frame = buffer.AsSpan(0, size);
        return _file.Read(offset, frame) == size && LogFormat.IsIntact(frame, _number) ? size : null;
    }

    /// <summary>How many whole frames lie behind an offset where there is none.</summary>
    private int CountLater(long offset, long length, long? after, ref byte[] buffer)
    {
        int count = 0;
        for (long place = FindMark(offset + 1, length); place >= 0;)
        {
            if (ReadFrame(place, length, ref buffer) is { } size && IsNext(buffer, after))
            {
                count++;
                after = LogFormat.GenerationOf(buffer);
                place = FindMark(place + size, length);
            }
            else
            {
                place = FindMark(place + 1, length);
            }
        }

        return count;
    }

    /// <summary>Where the next mark of a frame is; -1 where there is none.</summary>
    private long FindMark(long from, long length)
    {
        byte[] window = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            for (; from < length; from += window.Length - (sizeof(uint) - 1))
            {
                ReadOnlySpan<byte> read = window.AsSpan(0, _file.Read(from, window));
                if (LogFormat.IndexOfMark(read) is >= 0 and int index)
                {
                    return from + index;
                }
            }

            return -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }
}
