using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes the changes of a table to its log, each as one frame.</summary>
/// <remarks>One caller at a time appends: the table's writer. Any number wait for what was appended.</remarks>
/// <param name="log">Writes the frames; disposed with this.</param>
/// <param name="rows">Writes rows.</param>
/// <param name="durability">What <see cref="CommitAsync"/> waits for.</param>
/// <param name="written">How many rows the log has already.</param>
/// <param name="mostBytes">How many bytes a change may take.</param>
internal sealed class CollectionLog(LogWriter log, RowCodec rows, Durability durability, long written = 0, int mostBytes = LogFormat.MaxPayload) : IDisposable
{
    /// <summary>How long what was written may be unflushed, where nobody waits for a flush, in milliseconds.</summary>
    private const long LongestUnflushed = 1000;

    private readonly ByteWriter _frame = new();
    private int _prepared;
    private long _flushedAt = Environment.TickCount64;

    /// <summary>How many rows the log has, those that are no longer there included.</summary>
    public long Rows { get; private set; } = written;

    /// <summary>How many bytes of the log were written whole; null where that is not known, since something failed.</summary>
    public long? Written => log.HasFailed ? null : log.Length;

    /// <summary>Has a batch in the form in which the log takes it, so that <see cref="Upsert"/> is all that is left to do.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="encoders">What fills the vectors, by column; null where that is known already, or is not known.</param>
    /// <exception cref="IOException">It is too large.</exception>
    public void Prepare(PendingRows batch, EncoderFingerprint?[] encoders)
    {
        ChangeFrame.Begin(_frame, ChangeKind.Upsert);
        EncoderCodec.Write(_frame, encoders);
        _frame.WriteCount(batch.Count);
        for (int row = 0; row < batch.Count; row++)
        {
            rows.Write(_frame, batch, row);
            ThrowIfTooLarge();
        }

        ThrowIfTooLarge();
        _prepared = batch.Count;
    }

    /// <summary>Writes the batch that was prepared last.</summary>
    /// <param name="generation">The batch's generation.</param>
    public void Upsert(long generation)
    {
        End(generation);
        Rows += _prepared;
    }

    /// <summary>Lets go of what was prepared.</summary>
    public void Forget() => _frame.Release();

    public void Delete(long generation, List<object> keys)
    {
        ChangeFrame.Begin(_frame, ChangeKind.Delete);
        _frame.WriteCount(keys.Count);
        keys.ForEach(key => rows.WriteKey(_frame, key));
        End(generation);
    }

    public void Remember(long generation, EncoderFingerprint?[] encoders)
    {
        ChangeFrame.Begin(_frame, ChangeKind.Encoders);
        EncoderCodec.Write(_frame, encoders);
        End(generation);
    }

    /// <summary>Waits until all that was written so far survives what it is to survive.</summary>
    /// <exception cref="IOException">It could not be written for certain; the log takes nothing more.</exception>
    public Task CommitAsync()
    {
        if (durability == Durability.Disk)
        {
            return log.FlushAsync(log.Length);
        }

        if (durability == Durability.Process)
        {
            FlushSometimes();
        }

        return Task.CompletedTask;
    }

    /// <summary>Has all that was written survive a loss of power.</summary>
    public void Flush() => log.Flush();

    /// <exception cref="IOException">Something failed before; nothing is taken any more.</exception>
    public void ThrowIfFailed() => log.ThrowIfFailed();

    /// <summary>Takes nothing any more.</summary>
    public void Fail(Exception cause) => log.Fail(cause);

    /// <summary>Closes a log that another took the place of: there is nothing more to be said in it.</summary>
    public void Abandon()
    {
        Fail(new IOException("Another log took its place."));
        log.Dispose();
    }

    public void Dispose() => log.Dispose();

    private void End(long generation)
    {
        ThrowIfTooLarge();
        log.Append(generation, _frame.Written);
        _frame.Release();
    }

    private void ThrowIfTooLarge()
    {
        if (_frame.Length - LogFormat.FrameHeaderLength > mostBytes)
        {
            _frame.Release();
            throw new IOException($"The batch takes more than {mostBytes:N0} bytes, which is the most that one may take that is written to disk. Write it in parts.");
        }
    }

    // A loss of power then takes a second of writes, and not what the system had not got to yet. That it failed is told to the next writer.
    private void FlushSometimes()
    {
        long now = Environment.TickCount64;
        long before = Volatile.Read(ref _flushedAt);
        if (now - before >= LongestUnflushed && Interlocked.CompareExchange(ref _flushedAt, now, before) == before)
        {
            log.FlushAsync(log.Length).ContinueWith(static flush => _ = flush.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
