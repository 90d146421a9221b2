using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Rewrites a collection's log without the rows that are no longer there, in the background: others write and read meanwhile.</summary>
/// <remarks>
/// Rows are copied as they were written, to a log with a later number; what is written meanwhile is copied behind, the last of it while writers wait, and then the other log becomes the collection's.
/// A process that ends before has the log that it had.
/// </remarks>
/// <param name="disk">Has the collection's files.</param>
/// <param name="name">The collection's name.</param>
/// <param name="model">What it stores.</param>
/// <param name="table">Its table.</param>
/// <param name="leastDeadRows">Fewer rows that are no longer there are not worth it.</param>
/// <param name="logger">Told what fails.</param>
internal sealed partial class LogCompaction(StoreDisk disk, string name, RecordModel model, Table table, int leastDeadRows, ILogger logger)
{
    /// <summary>Fewer rows that are no longer there are not worth it.</summary>
    public const int LeastDeadRows = 4096;

    /// <summary>Rows that are no longer there, for each that is, from which on the log is rewritten: with the new log beside it, the disk then has 2.2 times what is there.</summary>
    private const double DeadShare = 0.2;

    /// <summary>The most bytes that are copied while writers wait.</summary>
    private const int LastBytes = 1 << 20;
    private const int MostRounds = 8;

    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private long _leastDead = leastDeadRows;
    private volatile bool _isStopped;

    /// <summary>Begins where too much of the log is no longer there.</summary>
    /// <param name="rows">How many rows the log has.</param>
    /// <param name="live">How many of them are there.</param>
    public void Consider(long rows, int live)
    {
        long dead = rows - live;
        if (dead < Volatile.Read(ref _leastDead) || dead < live * DeadShare || _isStopped)
        {
            return;
        }

        lock (_lock)
        {
            if (_running.IsCompleted && !_isStopped)
            {
                _running = Task.Run(() => TryRun(dead));
            }
        }
    }

    /// <summary>Ends what is under way, and waits for that.</summary>
    public void Stop()
    {
        Task running;
        lock (_lock)
        {
            _isStopped = true;
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

    private void TryRun(long dead)
    {
        try
        {
            Run();
            Volatile.Write(ref _leastDead, leastDeadRows);
        }
        catch (Exception) when (_isStopped)
        {
            // The log that is there stays.
        }
        catch (Exception exception)
        {
            // A full disk stays full for a while: it is tried again when twice as many rows are no longer there.
            Volatile.Write(ref _leastDead, dead * 2);
            LogFailure(name, exception);
        }
    }

    private void Run()
    {
        (string file, LogWriter compacted) = disk.BeginLog(name, model);
        bool isTaken = false;
        CollectionLog? next = null;
        try
        {
            using IStoreFile current = disk.OpenCurrent(name, out string path);
            LogReader reader = LogReader.Open(current, path);
            LogRewriter rewriter = new(compacted, new RowCodec(model), table.Read());
            LogEnd end = reader.Read(Apply);
            for (int round = 0; round < MostRounds && current.Length - end.Offset > LastBytes; round++)
            {
                end = reader.Read(Apply, end.Offset, end.Generation);
            }

            table.SwitchLog(log =>
            {
                end = reader.Read(Apply, end.Offset, end.Generation);
                if (end.Offset != current.Length)
                {
                    // Nobody writes now, so that it must end with a whole frame. What is behind it is in no other file.
                    throw new InvalidDataException($"'{path}' is damaged at byte {end.Offset}.");
                }

                rewriter.Finish();
                compacted.Flush();
                log.Flush();
                TakePlace(log, file, () => isTaken = true);
                log.Abandon();
                return next = disk.GoOn(compacted, model, rewriter.Rows);
            });

            void Apply(long generation, ReadOnlySpan<byte> payload)
            {
                if (_isStopped)
                {
                    throw new IOException("The store is being closed.");
                }

                rewriter.Apply(generation, payload);
            }
        }
        finally
        {
            if (!isTaken)
            {
                disk.TryDeleteLog(file);
            }

            if (next is null)
            {
                compacted.Dispose();
            }
        }
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

    [LoggerMessage(LogLevel.Warning, "The log of collection '{Name}' could not be rewritten without what is no longer there; it stays as it is.")]
    private partial void LogFailure(string name, Exception exception);
}
