using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>A log that another process writes: what was appended since it was last looked at is taken in when that is asked for.</summary>
/// <remarks>One caller at a time.</remarks>
/// <param name="log">The log's file.</param>
/// <param name="file">The open log, which is disposed with this.</param>
/// <param name="reader">Reads it.</param>
/// <param name="replay">Takes frames in.</param>
/// <param name="end">Where the first reading ended.</param>
internal sealed class LogTail(string log, IStoreFile file, LogReader reader, LogReplay replay, LogEnd end) : IDisposable
{
    private LogEnd _end = end;

    public string Log => log;

    /// <summary>Takes in the frames that are whole by now.</summary>
    public void GoOn() => _end = reader.Read(replay.Apply, _end.Offset, _end.Generation);

    public void Dispose() => file.Dispose();
}
