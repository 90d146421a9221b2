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
    /// <param name="to">Where to end at the latest: what stands behind that is not looked at.</param>
    public LogEnd Read(FrameHandler apply, long from = LogFormat.HeaderLength, long? after = null, long to = long.MaxValue)
    {
        long length = Math.Min(_file.Length, to);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (ReadFrame(from, length, ref buffer) is { } size && IsNext(buffer, after))
            {
                after = LogFormat.GenerationOf(buffer);
                apply(after.Value, buffer.AsSpan(LogFormat.FrameHeaderLength, size - LogFormat.FrameHeaderLength));
                from += size;
            }

            LogEnd end = new(from, length, after, LaterFrames: 0, IsDamaged: false);
            return from < length ? LookBehind(end, ref buffer) : end;
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

    /// <summary>Looks for whole frames behind an offset where there is none.</summary>
    private LogEnd LookBehind(LogEnd end, ref byte[] buffer)
    {
        long? after = end.Generation;
        MarkScan marks = new(_file);
        for (long place = marks.Find(end.Offset + 1); place >= 0;)
        {
            if (ReadFrame(place, end.Length, ref buffer) is { } size && IsNext(buffer, after))
            {
                after = LogFormat.GenerationOf(buffer);
                end = end with { LaterFrames = end.LaterFrames + 1, IsDamaged = end.IsDamaged || LogFormat.FlushedOf(buffer) > end.Offset };
                place = marks.Find(place + size);
            }
            else
            {
                place = marks.Find(place + 1);
            }
        }

        return end;
    }
}
