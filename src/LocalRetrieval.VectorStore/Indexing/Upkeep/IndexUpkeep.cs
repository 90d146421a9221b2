using System.Diagnostics;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>Keeps the indexes of a table's columns behind its rows, in the background: one worker at a time, which begins where there is something to do and ends when there is not.</summary>
/// <remarks>
/// It works in steps of some hundredths of a second, between which it looks at what is there by now. Nobody waits for it: writers only say that there is more, and searches compare what an index does not know.
/// While others search it pauses for twice as long as it works, so that they have the processors; an index may use several threads for a step. Nobody who waits for the indexes is kept waiting by pauses.
/// What takes long has a thread of its own, since those of the pool are for whoever answers requests; a few rows are not worth one.
/// </remarks>
internal sealed class IndexUpkeep : IDisposable
{
    /// <summary>How long it works before it leaves the processors to searches.</summary>
    private static readonly TimeSpan WorkTime = TimeSpan.FromMilliseconds(20);

    /// <summary>How many steps are taken on a thread of the pool.</summary>
    private const int StepsOnPool = 4;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<IndexWaiter> _waiting = [];
    private readonly Table _table;
    private readonly ColumnUpkeep[] _columns;
    private Task _running = Task.CompletedTask;
    private bool _isRunning;
    private bool _isClosed;

    private IndexUpkeep(Table table, ColumnUpkeep[] columns)
    {
        _table = table;
        _columns = columns;
        Array.ForEach(columns, upkeep => upkeep.Column.KeepBy(this));
    }

    /// <summary>Whoever keeps the indexes of a table; null where no column has one.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="table">Its table.</param>
    /// <param name="options">From when on columns have indexes.</param>
    /// <param name="files">Keeps what indexes know of a snapshot; null without a folder.</param>
    /// <param name="logger">Told what was chosen, and what fails.</param>
    public static IndexUpkeep? Of(string name, Table table, IndexUpkeepOptions options, IndexFiles? files, ILogger logger)
    {
        ColumnUpkeep[] columns = [.. table.Read().State.Slots.Select(slot => new ColumnUpkeep(name, slot.Column, options, files, logger))];
        return columns.Length == 0 ? null : new IndexUpkeep(table, columns);
    }

    /// <summary>Begins where there is something to do.</summary>
    public void Consider()
    {
        if (IsDue(_table.Read()))
        {
            lock (_lock)
            {
                BeginIfIdle();
            }
        }
    }

    /// <summary>Gives up the index of a column, which failed a search.</summary>
    public void Fail(IndexedColumn column, Exception exception)
    {
        Array.Find(_columns, upkeep => upkeep.Column == column)?.GiveUp(exception);
        Consider();
    }

    /// <summary>Ends when the indexes know all that was written before.</summary>
    /// <returns>False where the table was closed before, so that another may be asked.</returns>
    public async Task<bool> WhenIndexedAsync(CancellationToken cancellationToken)
    {
        IndexWaiter waiter;
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            waiter = new(_table.Read());
            _waiting.Add(waiter);
            BeginIfIdle();
        }

        try
        {
            return await waiter.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(waiter);
        }
    }

    /// <summary>Whether somebody waits, so that nothing pauses.</summary>
    public bool IsWaitedFor
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Ends when nothing is under way.</summary>
    public async Task WhenIdleAsync()
    {
        for (Task? running = Running(); running is not null; running = Running())
        {
            await running.ConfigureAwait(false);
        }
    }

    /// <summary>Tells of the indexes, by column.</summary>
    public IEnumerable<VectorIndexStatistics> Measure(TableSnapshot snapshot) => _columns.Select(column => column.Measure(snapshot));

    /// <summary>Ends what is under way, and waits for nothing.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        _closing.Cancel();
    }

    /// <summary>Ends what is under way, and waits for that.</summary>
    public void Dispose()
    {
        End();
        Task running;
        IndexWaiter[] waiting;
        lock (_lock)
        {
            running = _running;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        // Whoever closes a table has its log to close, whatever became of the work.
        running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        Array.ForEach(waiting, waiter => waiter.End(isIndexed: false));
    }

    private bool IsDue(TableSnapshot snapshot) => Array.Exists(_columns, column => column.IsDue(snapshot));

    private Task? Running()
    {
        lock (_lock)
        {
            return _isRunning && !_isClosed ? _running : null;
        }
    }

    private void BeginIfIdle()
    {
        if (!_isRunning && !_isClosed)
        {
            // A thread that cannot be begun is begun by the next one who asks; it ends under this lock.
            Begin(Array.Exists(_columns, column => column.IsMuchDue(_table.Read())));
            _isRunning = true;
        }
    }

    private void Begin(bool isMuch) => _running = Task.Factory.StartNew(
        () => Run(isMuch ? int.MaxValue : StepsOnPool), CancellationToken.None, isMuch ? TaskCreationOptions.LongRunning : TaskCreationOptions.None, TaskScheduler.Default);

    private void Run(int steps)
    {
        try
        {
            WorkPauses pauses = new(WorkTime, _closing.Token);
            for (long started = Stopwatch.GetTimestamp(); DoSteps() || !TryEnd(); started = Stopwatch.GetTimestamp())
            {
                if (--steps == 0)
                {
                    HandOver();
                    return;
                }

                PauseForSearches(pauses, started);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The table is closed, and its indexes go with it.
        }
        catch (Exception exception)
        {
            Abandon(exception);
        }
    }

    /// <summary>Leaves all columns without an index, and nobody waiting: exact searches need nobody.</summary>
    private void Abandon(Exception exception)
    {
        try
        {
            Array.ForEach(_columns, column => column.Abandon(_table.Read(), exception));
        }
        finally
        {
            lock (_lock)
            {
                _waiting.ForEach(static waiter => waiter.End(isIndexed: true));
                _waiting.Clear();
                _isRunning = false;
            }
        }
    }

    /// <summary>Goes on on a thread of its own.</summary>
    private void HandOver()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                _isRunning = false;
            }
            else
            {
                Begin(isMuch: true);
            }
        }
    }

    /// <summary>Does a step for each column that has one to do.</summary>
    private bool DoSteps()
    {
        TableSnapshot snapshot = _table.Read();
        bool hasWorked = false;
        foreach (ColumnUpkeep column in _columns)
        {
            _closing.Token.ThrowIfCancellationRequested();
            hasWorked |= column.Work(snapshot, _closing.Token);
        }

        lock (_lock)
        {
            // Who came while it worked waits for what was there then.
            TellWaiting(_table.Read());
        }

        return hasWorked;
    }

    // Whoever publishes rows after this looks finds that nobody works, and begins again.
    private bool TryEnd()
    {
        lock (_lock)
        {
            TableSnapshot last = _table.Read();
            if (IsDue(last))
            {
                return false;
            }

            TellWaiting(last);
            _isRunning = false;
            return true;
        }
    }

    private void TellWaiting(TableSnapshot snapshot)
    {
        foreach (IndexWaiter waiter in _waiting)
        {
            waiter.Target = waiter.Target.State == snapshot.State ? waiter.Target : snapshot;
            if (!Array.Exists(_columns, column => column.IsBehind(waiter.Target)))
            {
                waiter.End(isIndexed: true);
            }
        }

        _waiting.RemoveAll(waiter => waiter.Done.IsCompleted);
    }

    private void Forget(IndexWaiter waiter)
    {
        lock (_lock)
        {
            _waiting.Remove(waiter);
        }
    }

    private void PauseForSearches(WorkPauses pauses, long since)
    {
        if (!IsWaitedFor && Array.Exists(_columns, column => column.Column.Times.IsSearchedSince(since)))
        {
            pauses.PauseWhenDue();
        }
    }
}
