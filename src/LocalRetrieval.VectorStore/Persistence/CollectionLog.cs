using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes the changes of a table to its log, each as one frame.</summary>
/// <remarks>One caller at a time appends: the table's writer. Any number wait for what was appended.</remarks>
/// <param name="log">Writes the frames; disposed with this.</param>
/// <param name="rows">Writes rows.</param>
/// <param name="durability">What <see cref="CommitAsync"/> waits for.</param>
/// <param name="written">How many rows the log has already.</param>
internal sealed class CollectionLog(LogWriter log, RowCodec rows, Durability durability, long written = 0) : IDisposable
{
    private readonly ByteWriter _frame = new();

    /// <summary>How many rows the log has, those that are no longer there included.</summary>
    public long Rows { get; private set; } = written;

    /// <param name="generation">The batch's generation.</param>
    /// <param name="batch">The records.</param>
    /// <param name="encoders">What fills the vectors, by column; null where that is known already, or is not known.</param>
    /// <returns>What <see cref="CommitAsync"/> waits for.</returns>
    public long Upsert(long generation, PendingRows batch, EncoderFingerprint?[] encoders)
    {
        Begin(ChangeKind.Upsert);
        EncoderCodec.Write(_frame, encoders);
        _frame.WriteCount(batch.Count);
        for (int row = 0; row < batch.Count; row++)
        {
            rows.Write(_frame, batch, row);
        }

        long end = End(generation);
        Rows += batch.Count;
        return end;
    }

    public long Delete(long generation, List<object> keys)
    {
        Begin(ChangeKind.Delete);
        _frame.WriteCount(keys.Count);
        keys.ForEach(key => rows.WriteKey(_frame, key));
        return End(generation);
    }

    public long Remember(long generation, EncoderFingerprint?[] encoders)
    {
        Begin(ChangeKind.Encoders);
        EncoderCodec.Write(_frame, encoders);
        return End(generation);
    }

    /// <summary>Waits until a change survives what it is to survive.</summary>
    /// <exception cref="IOException">It could not be written for certain; the log takes nothing more.</exception>
    public Task CommitAsync(long end) => durability == Durability.Disk ? log.FlushAsync(end) : Task.CompletedTask;

    /// <summary>Has all that was written survive a loss of power.</summary>
    public void Flush() => log.FlushAsync(log.Length).GetAwaiter().GetResult();

    public void Dispose() => log.Dispose();

    private void Begin(ChangeKind kind)
    {
        _frame.Clear();
        _frame.Skip(LogFormat.FrameHeaderLength);
        _frame.WriteByte((byte)kind);
    }

    private long End(long generation) => _frame.Length - LogFormat.FrameHeaderLength > LogFormat.MaxPayload
        ? throw new IOException($"The batch takes {_frame.Length:N0} bytes, and one that is written to disk may take {LogFormat.MaxPayload:N0}. Write it in parts.")
        : log.Append(generation, _frame.Written);
}
