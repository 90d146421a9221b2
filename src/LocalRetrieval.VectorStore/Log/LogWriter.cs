using System.Security.Cryptography;
using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Log;

/// <summary>Appends frames to a log, and has them survive what they are to survive.</summary>
/// <remarks>
/// Frames are appended by one caller at a time; commits are waited for by any number. After a write or a flush that failed nobody knows what the file holds behind what is committed: the writer
/// takes nothing more, and whoever opens the log anew finds out.
/// </remarks>
internal sealed class LogWriter : IDisposable
{
    private readonly IStoreFile _file;
    private readonly string _name;
    private readonly ulong _number;
    private readonly GroupFlush _flush;
    private volatile Exception? _failure;
    private long _length;
    private long? _generation;

    private LogWriter(IStoreFile file, string name, ulong number, long length, long flushed)
    {
        _file = file;
        _name = name;
        _number = number;
        _length = length;
        _flush = new GroupFlush(file.Flush, () => Length, flushed);
    }

    /// <summary>How long the log is.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>Whether something failed, so that nothing is taken any more.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Begins a log in an empty file, which the writer disposes. Its header survives a loss of power.</summary>
    public static LogWriter Begin(IStoreFile file, string name)
    {
        ulong number = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        Span<byte> header = stackalloc byte[LogFormat.HeaderLength];
        LogFormat.WriteHeader(header, number);
        file.Write(0, header);
        file.Flush();
        return new LogWriter(file, name, number, header.Length, flushed: header.Length);
    }

    /// <summary>Goes on with a log behind its last whole frame; what is behind that must be cut off. What is there is flushed: a process that was killed may not have got to that.</summary>
    public static LogWriter Continue(IStoreFile file, string name, ulong number, long end)
    {
        file.Flush();
        return new LogWriter(file, name, number, end, flushed: end);
    }

    /// <summary>Appends a frame: from then on it survives the end of the process.</summary>
    /// <param name="generation">No smaller one than that of the frame before.</param>
    /// <param name="frame">The payload, with <see cref="LogFormat.FrameHeaderLength"/> bytes before it that are written here.</param>
    /// <returns>Where the frame ends, by which it can be waited for.</returns>
    /// <exception cref="IOException">It could not be written, or something before it could not; nothing is taken any more.</exception>
    public long Append(long generation, Span<byte> frame)
    {
        ThrowIfFailed();
        LogFormat.WriteFrameHeader(frame, _number, generation, _flush.Flushed);
        try
        {
            _file.Write(_length, frame);
        }
        catch (Exception exception)
        {
            _failure = exception;
            TryCut();
            throw Refusal(exception);
        }

        Volatile.Write(ref _length, _length + frame.Length);
        _generation = generation;
        return _length;
    }

    /// <summary>Waits until what was appended up to an offset survives a loss of power. Several callers share a flush.</summary>
    /// <exception cref="IOException">It could not be flushed; nothing is taken any more.</exception>
    public async Task FlushAsync(long end)
    {
        ThrowIfFailed();
        try
        {
            await _flush.WaitAsync(end).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure ??= exception;
            throw Refusal(exception);
        }
    }

    /// <summary>Has all that was appended survive a loss of power, on this thread.</summary>
    /// <exception cref="IOException">It could not be flushed; nothing is taken any more.</exception>
    public void Flush()
    {
        ThrowIfFailed();
        try
        {
            _flush.Now();
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw Refusal(exception);
        }
    }

    /// <exception cref="IOException">Something failed before; nothing is taken any more.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw Refusal(failure);
        }
    }

    /// <summary>Takes nothing any more.</summary>
    public void Fail(Exception cause) => _failure ??= cause;

    /// <summary>Closes the file, flushed where nothing failed.</summary>
    public void Dispose()
    {
        try
        {
            if (_failure is null && _generation is { } generation)
            {
                Flush();
                TrySayFlushed(generation);
            }
        }
        finally
        {
            _file.Dispose();
        }
    }

    // An empty frame says behind all others that they were flushed. Nothing is lost where a full disk has no room for it.
    private void TrySayFlushed(long generation)
    {
        try
        {
            byte[] frame = new byte[LogFormat.FrameHeaderLength];
            LogFormat.WriteFrameHeader(frame, _number, generation, _flush.Flushed);

            // It does not count as written: a writer that still waits for a flush waits for none of it.
            _file.Write(_length, frame);
        }
        catch (IOException)
        {
        }
    }

    // Half a frame is what recovery cuts off; it is done at once where that is possible.
    private void TryCut()
    {
        try
        {
            _file.SetLength(_length);
        }
        catch (IOException)
        {
        }
    }

    private IOException Refusal(Exception cause) => new(
        $"'{_name}' takes no more writes, since one failed: {cause.Message} What was acknowledged before is there; what was not may or may not be. Mend the cause, and open the store anew.", cause);
}
