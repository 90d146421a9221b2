using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes what a collection has to a snapshot, without the rows that are no longer there, and begins a log behind it, in the background: others write and read meanwhile.</summary>
/// <remarks>
/// What is written meanwhile is copied to the new log, the last of it while writers wait; then that log becomes the collection's, and the table goes on with the records as the new files have them: what stands in
/// the snapshot leaves the memory. A process that ends before has the files that it had.
/// </remarks>
/// <param name="disk">Has the collection's files.</param>
/// <param name="name">The collection's name.</param>
/// <param name="model">What it stores.</param>
/// <param name="table">Its table.</param>
/// <param name="least">Fewer rows that are no longer there, or that are in the log, are not worth it.</param>
/// <param name="leastBytes">From how many bytes of the log on it is worth it, however few rows those are.</param>
/// <param name="logger">Told what fails.</param>
internal sealed partial class LogCompaction(StoreDisk disk, string name, RecordModel model, Table table, int least, long leastBytes, ILogger logger)
{
    /// <summary>Fewer rows that are no longer there, or that are in the log, are not worth it.</summary>
    public const int LeastRows = 4096;

    /// <summary>From how many bytes of the log on it is worth it, however few rows those are: as long as they stand there they take as much memory. While others write a log has <see cref="GrownFactor"/> times as many.</summary>
    public const long LeastBytes = 32 << 20;

    /// <summary>Rows that are no longer there, for each that is, from which on it is done: with the new files beside it, the disk then has 2.2 times what is there.</summary>
    private const double DeadShare = 0.2;

    /// <summary>Rows in the log, for each that stands in the snapshot, from which on it is done while others write: a row is then written some three times in all.</summary>
    private const double GrownShare = 0.5;

    /// <summary>How many times the least rows or bytes a log has before it is done while others write.</summary>
    private const int GrownFactor = 8;

    /// <summary>Rows in the log, for each that is there, from which on it is done when nobody writes, so that the next opening need not read them.</summary>
    private const double IdleShare = 1 / 32.0;

    /// <summary>How long nobody writes before it is done, in milliseconds.</summary>
    private const long IdleTime = 1000;

    /// <summary>The most bytes that are copied while writers wait.</summary>
    private const int LastBytes = 1 << 20;
    private const int MostRounds = 8;

    /// <summary>How long it works before it leaves the processors to searches for twice as long, in milliseconds.</summary>
    private const int WorkTime = 4;

    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Timer? _idle;
    private long _lastWrite;
    private long _leastDead = least;
    private long _leastInLog = least;
    private long _bytesAfterFailure;
    private volatile bool _isStopped;

    /// <summary>Begins where too much of the files is no longer there, or too much in the log; or later, when nobody writes.</summary>
    public void Consider()
    {
        if (IsDue())
        {
            TryBegin();
        }
    }

    /// <summary>Does it now, and ends when it is done.</summary>
    public Task RunNowAsync()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isStopped, typeof(LocalVectorStore));
            Task before = _running;
            return _running = Task.Run(async () =>
            {
                // What that one failed at, this one tells.
                await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Run(isHurried: true);
            });
        }
    }

    /// <summary>Ends what is under way, and waits for that.</summary>
    public void Stop()
    {
        Task running;
        lock (_lock)
        {
            _isStopped = true;
            _idle?.Dispose();
            running = _running;
        }

        // It fails nobody.
        running.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
    }

    /// <summary>Ends when nothing is under way.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _running;
        }
    }

    /// <summary>Whether it is to be done now. Where it is worth it as soon as nobody writes, a timer is set.</summary>
    private bool IsDue()
    {
        TableState state = table.Read().State;
        long inLog = table.LogRows;
        long dead = table.DeadInFiles;
        if ((dead >= Volatile.Read(ref _leastDead) && dead >= state.LiveCount * DeadShare) || (IsMuch(inLog, GrownFactor) && inLog >= state.StoredCount * GrownShare))
        {
            return true;
        }

        if (IsMuch(inLog, 1) && inLog >= state.LiveCount * IdleShare)
        {
            BeginWhenIdle();
        }

        return false;
    }

    private bool IsMuch(long inLog, int factor) =>
        inLog >= Volatile.Read(ref _leastInLog) * factor || (inLog > 0 && table.LogBytes >= Math.Max(leastBytes, Volatile.Read(ref _bytesAfterFailure)) * factor);

    private void TryBegin()
    {
        lock (_lock)
        {
            if (_running.IsCompleted && !_isStopped)
            {
                _running = Task.Run(TryRun);
            }
        }
    }

    private void BeginWhenIdle()
    {
        Volatile.Write(ref _lastWrite, Environment.TickCount64);
        if (Volatile.Read(ref _idle) is not null)
        {
            return;
        }

        lock (_lock)
        {
            if (!_isStopped)
            {
                _idle ??= new Timer(static self => ((LogCompaction)self!).OnTime(), this, IdleTime, Timeout.Infinite);
            }
        }
    }

    private void OnTime()
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }

            long left = Volatile.Read(ref _lastWrite) + IdleTime - Environment.TickCount64;
            if (left > 0)
            {
                _idle!.Change(left, Timeout.Infinite);
                return;
            }

            _idle!.Dispose();
            _idle = null;
        }

        TryBegin();
    }

    private void TryRun()
    {
        try
        {
            // What was written meanwhile may make it due again, and nobody may write any more.
            do
            {
                Run(isHurried: false);
                Volatile.Write(ref _leastDead, least);
                Volatile.Write(ref _leastInLog, least);
                Volatile.Write(ref _bytesAfterFailure, 0);
            }
            while (!_isStopped && IsDue());
        }
        catch (Exception) when (_isStopped)
        {
            // The files that are there stay.
        }
        catch (Exception exception)
        {
            // A full disk stays full for a while: it is tried again when twice as many rows would be gained.
            Volatile.Write(ref _leastDead, Math.Max(Volatile.Read(ref _leastDead), table.DeadInFiles) * 2);
            Volatile.Write(ref _leastInLog, Math.Max(Volatile.Read(ref _leastInLog), table.LogRows) * 2);
            Volatile.Write(ref _bytesAfterFailure, Math.Max(Volatile.Read(ref _bytesAfterFailure), table.LogBytes) * 2);
            LogFailure(name, exception);
        }
    }

    /// <param name="isHurried">Whether somebody waits for it.</param>
    private void Run(bool isHurried)
    {
        if (table.RowsToCompact == 0)
        {
            return;
        }

        WorkPauses? pauses = isHurried ? null : new WorkPauses(TimeSpan.FromMilliseconds(WorkTime));
        ThrowIfDamaged(pauses);
        string snapshotFile = disk.NextSnapshot(name);
        string? logFile = null;
        LogWriter? writer = null;
        CollectionLog? next = null;
        bool isTaken = false;
        try
        {
            using IStoreFile content = disk.Create(snapshotFile);
            SnapshotWriter snapshot = new(content, model);
            (logFile, writer) = disk.BeginLog(name, model, snapshotFile, snapshot.Number);
            LogRewriter rewriter = new(snapshot, () => disk.OpenSnapshot(snapshotFile, snapshot.Number, model), writer, name, model, table, table.Read());
            using IStoreFile current = disk.OpenCurrent(name, out string path);
            Rewrite(current, path, rewriter, pauses, log =>
            {
                writer.Flush();
                log.Flush();
                TakePlace(log, logFile, () => isTaken = true);
                log.Abandon();
                return next = disk.GoOn(writer, model, rewriter.Rows);
            });
        }
        finally
        {
            if (next is null)
            {
                // It gets no last word.
                writer?.Fail(new IOException("The log was given up."));
                writer?.Dispose();
            }

            if (!isTaken)
            {
                disk.TryDelete(snapshotFile);
                if (logFile is not null)
                {
                    disk.TryDelete(logFile);
                }
            }
        }
    }

    // With checksums of its own a copy of what is damaged would pass for what was written.
    private void ThrowIfDamaged(WorkPauses? pauses)
    {
        if (disk.FindSnapshotDamage(name, CancellationToken.None, () => GoOn(pauses)) is { } damage)
        {
            InvalidDataException exception = new(damage);
            table.Fail(exception);
            throw exception;
        }
    }

    /// <summary>Takes in the log, the last of it while nobody writes.</summary>
    private void Rewrite(IStoreFile current, string path, LogRewriter rewriter, WorkPauses? pauses, Func<CollectionLog, CollectionLog> takePlace)
    {
        LogReader reader = LogReader.Open(current, path);
        rewriter.CopyStored(() => GoOn(pauses));
        LogEnd end = reader.Read(Apply);
        rewriter.Finish();

        // Whoever writes faster than this is to be caught up with.
        pauses = null;
        for (int round = 0; round < MostRounds && current.Length - end.Offset > LastBytes; round++)
        {
            end = reader.Read(Apply, end.Offset, end.Generation);
        }

        table.Switch(log =>
        {
            end = reader.Read(Apply, end.Offset, end.Generation);
            if (end.Offset != current.Length)
            {
                // Nobody writes now, so that it must end with a whole frame. What is behind it is in no other file.
                throw new InvalidDataException($"'{path}' is damaged at byte {end.Offset}.");
            }

            return (takePlace(log), rewriter.Records);
        });

        void Apply(long generation, ReadOnlySpan<byte> payload)
        {
            GoOn(pauses);
            rewriter.Apply(generation, payload);
        }
    }

    /// <summary>Called between steps of the work.</summary>
    private void GoOn(WorkPauses? pauses)
    {
        if (_isStopped)
        {
            throw new IOException("The store is being closed.");
        }

        pauses?.PauseWhenDue();
    }

    private void TakePlace(CollectionLog log, string file, Action taken)
    {
        bool isTaken = false;
        try
        {
            disk.Replace(name, file, () =>
            {
                isTaken = true;
                taken();
            });
        }
        catch (Exception exception) when (isTaken)
        {
            // Which of the two logs is there after a loss of power nobody knows: neither may go on.
            log.Fail(exception);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Collection '{Name}' could not be written anew without what is no longer there; its files stay as they are.")]
    private partial void LogFailure(string name, Exception exception);
}
