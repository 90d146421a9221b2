using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>A log that another process writes: what was appended since it was last looked at is taken in when that is asked for.</summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class LogTail : IDisposable
{
    private readonly IStoreFile _file;
    private readonly LogReader _reader;
    private readonly LogReplay _replay;
    private readonly Action<LogEnd> _tell;
    private LogEnd _end;
    private byte[] _last;
    private bool _isBroken;

    /// <param name="log">The log's file.</param>
    /// <param name="file">The open log, which is disposed with this.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="replay">Takes frames in; it has taken in those before the end.</param>
    /// <param name="end">Where the first reading ended.</param>
    /// <param name="tell">Told where a later one ended, if that is another place.</param>
    public LogTail(string log, IStoreFile file, LogReader reader, LogReplay replay, LogEnd end, Action<LogEnd> tell)
    {
        (Log, _file, _reader, _replay, _end, _tell) = (log, file, reader, replay, end, tell);
        _last = ReadHeader(LastOffset());
    }

    public string Log { get; }

    /// <summary>The log's random number.</summary>
    public ulong Number => _reader.Number;

    /// <summary>Takes in the frames that are whole by now.</summary>
    /// <returns>False where the log no longer has what was taken in, since it was cut where it was damaged; or where taking in failed before.</returns>
    public bool TryGoOn()
    {
        long last = LastOffset();
        if (_isBroken || !ReadHeader(last).AsSpan().SequenceEqual(_last))
        {
            return false;
        }

        // Of what fails half way some frames are taken in, and must not be again.
        _isBroken = true;
        LogEnd before = _end;
        _end = _reader.Read(_replay.Apply, before.Offset, before.Generation);
        _last = _end.Offset == before.Offset ? _last : ReadHeader(LastOffset());
        _isBroken = false;
        if (_end.Offset != before.Offset || _end.IsDamaged != before.IsDamaged)
        {
            _tell(_end);
        }

        return true;
    }

    public void Dispose() => _file.Dispose();

    private long LastOffset() => _end.Offset - _replay.LastLength;

    /// <summary>The header of the frame of a change, which tells it from any other one; less, where the log has no more.</summary>
    private byte[] ReadHeader(long offset)
    {
        byte[] header = new byte[LogFormat.FrameHeaderLength];
        return header[.._file.Read(offset, header)];
    }
}
