namespace LocalRetrieval.Encoders;

/// <summary>The calls of one priority that wait, and whose turn it is.</summary>
/// <remarks>
/// The turn is of the caller that was given least; who comes newly starts a little behind the others, so that a small job is done before a
/// large one goes on. Each fifth turn is of the caller that waited longest, so that endless newcomers leave something for the large one. Guarded by
/// the scheduler's lock.
/// </remarks>
/// <param name="priority">The priority.</param>
/// <param name="slots">How many runs may go at once.</param>
internal sealed class RunLane(RunPriority priority, int slots)
{
    // What a newcomer is given before it takes turns with others: a small job, in milliseconds of one slot.
    private const double Credit = 500;

    private const int LongestWaiterEach = 5;

    // So many calls are looked at for rows of about the same length.
    private const int CompanionsLookedAt = 256;

    // Rows that differ by no more share a run. What a run costs beside its rows is as much as some eight tokens, of which each of some eight short ones bears one: who would be padded by more waits for those of its own length.
    private const int PaddingTokens = 1;
    private const int PaddingShare = 16;

    private readonly List<RunCaller> _callers = [];
    private readonly KnownCallers _known = new();
    private double _clock;
    private long _turn;

    public bool IsEmpty => _callers.Count == 0;

    /// <summary>The time of slots that its runs took while the other lane waited too.</summary>
    public TimeSpan Contended { get; private set; }

    /// <summary>Whether nothing waits but one call.</summary>
    public bool HasOnly(QueuedCall call) => _callers is [{ Waiting: [var only] }] && only == call;

    /// <summary>The calls that wait for an encoder.</summary>
    public List<QueuedCall> CallsOf(RunTarget target) => [.. _callers.SelectMany(caller => caller.Waiting).Where(call => call.Target == target)];

    public void Add(QueuedCall call)
    {
        RunCaller caller = _known.Of(call.Request.Caller, _clock - Credit);
        if (caller.Waiting.Count == 0)
        {
            caller.Served = Math.Max(caller.Served, _clock - Credit);
            caller.LastTurn = _turn;
            _callers.Add(caller);
        }

        caller.Add(call);
        call.Caller = caller;
        call.Target.WaitingCost(priority) += call.WaitingCost;
    }

    /// <summary>Lets go of the rows of a call that wait.</summary>
    public void Drop(QueuedCall call)
    {
        if (call.Caller is not null && call.Waiting > 0)
        {
            call.Target.WaitingCost(priority) -= call.WaitingCost;
            call.DropWaiting();
            Forget(call);
        }
    }

    /// <summary>The call whose turn it is.</summary>
    public QueuedCall Next()
    {
        RunCaller next = _callers[0];
        bool isLongest = (_turn + 1) % LongestWaiterEach == 0;
        foreach (RunCaller caller in _callers)
        {
            if (isLongest ? caller.LastTurn < next.LastTurn : caller.Served < next.Served)
            {
                next = caller;
            }
        }

        return next.Waiting[0];
    }

    /// <summary>Makes a run of the call whose turn it is, filled up with rows of about the same length of others.</summary>
    /// <param name="call">What <see cref="Next"/> gave.</param>
    /// <param name="limit">The largest cost of a run of several rows.</param>
    public QueuedRun Take(QueuedCall call, long limit)
    {
        RunCaller caller = call.Caller!;
        _clock = Math.Max(_clock, caller.Served);
        caller.LastTurn = ++_turn;
        QueuedRun run = new(call.Target);
        do
        {
            Move(call, call.TakeNext(), run);
        }
        while (call.Waiting > 0 && Shares(call, run, limit));

        if (!call.Request.IsOneRun && !call.Request.IsInOrder)
        {
            Fill(run, call, caller, limit);
        }

        return run;
    }

    /// <summary>Takes in how long a run of it took.</summary>
    public void Ran(QueuedRun run, TimeSpan took) => Contended += run.IsContended ? took * run.Slots : TimeSpan.Zero;

    // Whether the next row of the call whose turn it is goes into its run, too.
    private static bool Shares(QueuedCall call, QueuedRun run, long limit)
    {
        int next = call.Rows[call.Next].Ids.Length;
        return call.Request.IsOneRun || (run.Fits(next, limit) && (call.Request.IsInOrder || run.IsCheaperWith(next)));
    }

    private void Fill(QueuedRun run, QueuedCall call, RunCaller caller, long limit)
    {
        int longest = run.Longest;
        foreach (QueuedCall other in Companions(run, call, caller))
        {
            while (other.Waiting > 0 && IsAlike(other.Rows[other.Next].Ids.Length, longest) && run.Fits(other.Rows[other.Next].Ids.Length, limit))
            {
                Move(other, other.TakeNext(), run);
            }

            while (other.Waiting > 0 && IsAlike(other.Rows[other.Last].Ids.Length, longest) && run.Fits(other.Rows[other.Last].Ids.Length, limit))
            {
                Move(other, other.TakeLast(), run);
            }
        }
    }

    // Those of the nearest length first, and of one length those of the caller whose turn it is. A list, since a call without further rows leaves.
    private List<QueuedCall> Companions(QueuedRun run, QueuedCall call, RunCaller turn) =>
    [
        .. turn.Waiting.Concat(_callers.Where(caller => caller != turn).SelectMany(caller => caller.Waiting)).Take(CompanionsLookedAt)
            .Where(other => other != call && other.Target == run.Target && !other.Request.IsOneRun && !other.Request.IsInOrder && HasAlike(other, run.Longest))
            .OrderBy(other => Math.Abs(other.Rows[other.Next].Ids.Length - run.Longest)),
    ];

    // Most have none, and need not be sorted.
    private static bool HasAlike(QueuedCall call, int longest) => IsAlike(call.Rows[call.Next].Ids.Length, longest) || IsAlike(call.Rows[call.Last].Ids.Length, longest);

    private static bool IsAlike(int tokens, int longest) => Math.Abs(tokens - longest) <= Math.Max(PaddingTokens, longest / PaddingShare);

    private void Move(QueuedCall call, int row, QueuedRun run)
    {
        long cost = BatchPlanner.Cost(1, call.Rows[row].Ids.Length);
        call.Target.WaitingCost(priority) -= cost;
        call.Caller!.Served += (call.Target.Cost.Predict(cost)?.TotalMilliseconds ?? cost) * call.Target.SlotsOf(slots);
        run.Add(call, row);
        if (call.Waiting == 0)
        {
            Forget(call);
        }
    }

    private void Forget(QueuedCall call)
    {
        RunCaller caller = call.Caller!;
        caller.Remove(call);
        if (caller.Waiting.Count == 0)
        {
            _callers.Remove(caller);
        }

        if (IsEmpty)
        {
            // Nobody was kept waiting.
            _known.Clear();
        }
    }
}
