using System.Diagnostics.CodeAnalysis;

namespace LocalRetrieval.Encoders;

/// <summary>
/// Lets no more runs go at once than there are processors, whatever encoders they are of, and puts rows of several calls into one run. A single row that
/// finds nothing else to do is run at once on the thread that calls; all else by threads of its own, as many as slots at the most.
/// </summary>
/// <remarks>Safe for concurrent use. Nothing of a caller's context flows into the threads that run.</remarks>
internal sealed partial class RunScheduler
{
    // What documents keep of the time while queries wait, too.
    private const double DocumentShare = .2;

    // A run of a few rows costs hardly more per row than one of many: rows are spread over all slots down to this cost.
    private const long SmallestSpread = 64;

    // From here on, a run is as fast a row as one of twice as many.
    private const long LargestSpread = 256;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    // A monitor rather than a Lock: threads wait for a pulse.
    private readonly object _sync = new();
    private readonly RunLane _queries;
    private readonly RunLane _documents;
    private readonly List<QueuedRun> _underWay = [];
    private readonly TimeProvider _time;
    private readonly Action<QueuedCall, Exception> _fail;
    private int _free;
    private long? _lastEnded;
    private bool _isStopped;

    /// <param name="slots">How many runs may go at once; at least 1.</param>
    /// <param name="time">Tells how long runs take.</param>
    /// <param name="startThread">Starts a thread; null for one of the system.</param>
    public RunScheduler(int slots, TimeProvider time, Action<Thread>? startThread = null)
    {
        _startThread = startThread ?? (thread => thread.UnsafeStart());
        Slots = _free = slots;
        _queries = new RunLane(RunPriority.Query, slots);
        _documents = new RunLane(RunPriority.Document, slots);
        _time = time;
        _fail = Fail;
    }

    /// <summary>The one of this process.</summary>
    public static RunScheduler Shared { get; } = CreateShared();

    /// <summary>How many runs may go at once.</summary>
    public int Slots { get; }

    /// <summary>Tells how long runs take.</summary>
    public TimeProvider Time => _time;

    /// <summary>Runs a call's rows, in whatever runs, and hands each to its reader.</summary>
    /// <exception cref="ObjectDisposedException">The encoder was disposed before all rows were taken.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task RunAsync(QueuedCall call, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((Action<CancellationToken>)state!)(token), (Action<CancellationToken>)(token => Cancel(call, token)));
        for (QueuedRun? run = Begin(call); run is not null; run = TakeUnattended())
        {
            Execute(run);
        }

        // At once, rather than when its turn comes.
        using CancellationTokenRegistration over = call.Request.Over.CanBeCanceled
            ? call.Request.Over.UnsafeRegister(static state => ((Action)state!)(), (Action)(() => EndOver(call)))
            : default;
        await call.Completion.ConfigureAwait(false);
    }

    /// <summary>How long what waits for an encoder and what is run of it will take, were it alone; null while no run of it was seen.</summary>
    public TimeSpan? ExpectedWait(RunTarget target)
    {
        lock (_sync)
        {
            long underWay = _underWay.Where(run => run.Target == target).Sum(run => run.Cost);
            return target.Cost.Predict(target.WaitingCost(RunPriority.Query) + target.WaitingCost(RunPriority.Document) + underWay) / Slots;
        }
    }

    /// <summary>How long an encoder stands still: since its oldest run under way began, or since something of it waits and no run of any encoder has ended. A clock may be set back.</summary>
    /// <param name="target">The encoder.</param>
    /// <param name="occupiedSince">Since when something of it waits or is run, by the clock; null while nothing does.</param>
    public TimeSpan Stall(RunTarget target, long? occupiedSince)
    {
        lock (_sync)
        {
            // A hung run counts whoever has given up on it, and whatever is run beside it; the turns of others are no standstill.
            long? since = _underWay.Where(run => run.Target == target).Min(run => (long?)run.Started);
            long? unmoved = occupiedSince is { } occupied ? Math.Max(occupied, _lastEnded ?? occupied) : null;
            return (since < unmoved ? since : unmoved ?? since) is { } from && _time.GetElapsedTime(from) is { Ticks: > 0 } stall ? stall : TimeSpan.Zero;
        }
    }

    /// <summary>Whether no more runs begin.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_sync)
            {
                return _isStopped;
            }
        }
    }

    /// <summary>Begins no more runs, and waits for those under way, for some seconds.</summary>
    public void Stop()
    {
        long started = Environment.TickCount64;
        lock (_sync)
        {
            _isStopped = true;
            while (_free < Slots && LongestStop.TotalMilliseconds - (Environment.TickCount64 - started) is > 0 and double left)
            {
                Monitor.Wait(_sync, TimeSpan.FromMilliseconds(left));
            }
        }
    }

    // A cancelled call returns before its run has ended: a process that ends in the middle of native code may crash.
    private static RunScheduler CreateShared()
    {
        RunScheduler shared = new(Environment.ProcessorCount, TimeProvider.System);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shared.Stop();
        return shared;
    }

    private bool IsIdle => _queries.IsEmpty && _documents.IsEmpty;

    // The run that the calling thread shall do; null where others do all.
    private QueuedRun? Begin(QueuedCall call)
    {
        lock (_sync)
        {
            call.Target.Gate.ThrowIfClosed();
            if (!call.IsLive)
            {
                return null;
            }

            call.Enqueued = call.Request.Came ?? _time.GetTimestamp();
            bool isLone = IsIdle && !call.Request.IsPortion && (call.Waiting == 1 || call.Request.IsOneRun);
            LaneOf(call).Add(call);
            if (isLone && TryTake(out QueuedRun? lone))
            {
                return lone;
            }

            WakeThread();
            return _isUnattended && TryTake(out QueuedRun? run) ? run : null;
        }
    }

    private RunLane LaneOf(QueuedCall call) => call.Request.Priority == RunPriority.Query ? _queries : _documents;

    private bool TryTake([NotNullWhen(true)] out QueuedRun? run)
    {
        run = null;
        while (_free > 0 && !IsIdle && !_isStopped)
        {
            bool isContended = !_queries.IsEmpty && !_documents.IsEmpty;
            RunLane lane = ChooseLane(isContended);
            QueuedCall call = lane.Next();
            bool isAlone = IsAlone(call);
            bool hasAllSlots = isAlone && call.Target.Backend.IsFasterAlone;
            int slots = hasAllSlots ? Slots : call.Target.SlotsOf(Slots);
            if (slots > _free)
            {
                return false;
            }

            run = lane.Take(call, Limit(call));
            if (call.Request.Over.IsCancellationRequested)
            {
                End(call);
            }

            run.Slots = slots;
            run.IsAlone = isAlone;
            run.HasAllSlots = hasAllSlots;
            run.IsContended = isContended;
            run.Started = _time.GetTimestamp();
            _free -= slots;
            _underWay.Add(run);
            return true;
        }

        return false;
    }

    private RunLane ChooseLane(bool isContended) =>
        isContended
            ? _documents.Contended < DocumentShare * (_documents.Contended + _queries.Contended) ? _documents : _queries
            : _queries.IsEmpty ? _documents : _queries;

    // One row on an idle machine. However long it takes: where it is faster by all slots, it would take the longer without.
    private bool IsAlone(QueuedCall call) =>
        Slots > 1 && _free == Slots && call.Waiting == 1 && !call.Request.IsPortion && (_queries.IsEmpty || _documents.IsEmpty) && LaneOf(call).HasOnly(call)
        && (call.Target.Backend.IsFasterAlone || call.Target.Backend.CountsLoneRows);

    private long Limit(QueuedCall call) =>
        Math.Min(call.Target.LimitOf(call.Request), Math.Max(SmallestSpread, Share(call.Target.WaitingCost(call.Request.Priority))));

    // Runs that take all there is end at different times, however well their costs are known: large ones leave something for whoever ends first.
    private long Share(long waiting) => Math.Min(waiting / Slots, Math.Max(LargestSpread, waiting / (2L * Slots)));

    private void Execute(QueuedRun run)
    {
        try
        {
            TellWaits(run);
            run.Run(_fail);
        }
        finally
        {
            Finish(run, _time.GetTimestamp());
        }
    }

    private void TellWaits(QueuedRun run)
    {
        foreach (QueuedCall call in run.Calls)
        {
            if (call.FirstRun == run)
            {
                EncoderTelemetry.Waited(run.Target.ModelId, _time.GetElapsedTime(call.Enqueued, run.Started));
            }
        }
    }

    private void Finish(QueuedRun run, long ended)
    {
        TimeSpan took = _time.GetElapsedTime(run.Started, ended);
        EncoderTelemetry.Ran(run, took);
        lock (_sync)
        {
            _free += run.Slots;
            _underWay.Remove(run);
            run.Target.Ended(ended);
            _lastEnded = ended;
            foreach (QueuedCall call in run.Calls)
            {
                call.Leave(run);
                if (call.CountRead(run.CountOf(call)))
                {
                    call.Complete();
                }
            }

            Learn(run, took);
            run.Dispose();
            if (_isStopped)
            {
                Monitor.PulseAll(_sync);
            }

            WakeThread();
        }
    }

    private void Learn(QueuedRun run, TimeSpan took)
    {
        if (!run.IsAbandoned)
        {
            if (!run.HasAllSlots)
            {
                run.Target.Cost.Learn(run.Cost, took);
            }

            if (run.Count > 1)
            {
                run.Target.Times.Add(took);
            }
        }

        LaneOf(run.Calls[0]).Ran(run, took);
    }
}
