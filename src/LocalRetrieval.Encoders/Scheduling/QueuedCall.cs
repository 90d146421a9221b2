namespace LocalRetrieval.Encoders;

/// <summary>The rows of one call: those that wait, those that are run, and who awaits them.</summary>
/// <remarks>What changes is guarded by the scheduler's lock; <see cref="Read"/> is called by one run for each row.</remarks>
internal abstract class QueuedCall
{
    // A caller that blocks where it continues stalls nobody.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<QueuedRun> _runs = [];
    private readonly int[] _order;
    private int _first;
    private int _end;
    private int _unread;

    protected QueuedCall(RunTarget target, TokenizedText[] rows, RunRequest request)
    {
        Target = target;
        Rows = rows;
        Request = request;
        _order = request.IsInOrder || request.IsOneRun ? BatchPlanner.InputOrder(rows.Length) : BatchPlanner.LongestFirst(Array.ConvertAll(rows, row => row.Ids.Length));
        _end = _unread = rows.Length;
        foreach (TokenizedText row in rows)
        {
            WaitingCost += BatchPlanner.Cost(1, row.Ids.Length);
        }
    }

    public RunTarget Target { get; }

    public TokenizedText[] Rows { get; }

    public RunRequest Request { get; }

    /// <summary>Whose turn it takes; null until it waits.</summary>
    public RunCaller? Caller { get; set; }

    /// <summary>When it came, by the scheduler's clock.</summary>
    public long Enqueued { get; set; }

    /// <summary>The first of its runs; null before that has begun.</summary>
    public QueuedRun? FirstRun { get; private set; }

    /// <summary>The number of rows that wait.</summary>
    public int Waiting => _end - _first;

    /// <summary>What the rows that wait cost, in tokens.</summary>
    public long WaitingCost { get; private set; }

    /// <summary>Ends when all rows were read, the rest is not wanted, or it failed.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether somebody still waits for its rows.</summary>
    public bool IsLive => !_completion.Task.IsCompleted;

    /// <summary>The runs that have rows of it.</summary>
    public IReadOnlyList<QueuedRun> Runs => _runs;

    /// <summary>The next row, the longest that waits where they are run by length.</summary>
    public int Next => _order[_first];

    /// <summary>The last row, the shortest that waits where they are run by length.</summary>
    public int Last => _order[_end - 1];

    /// <summary>Takes in what was given for a row.</summary>
    public abstract void Read(int row, ReadOnlySpan<float> output);

    public int TakeNext() => Take(_order[_first++]);

    public int TakeLast() => Take(_order[--_end]);

    public void Enter(QueuedRun run)
    {
        FirstRun ??= run;
        _runs.Add(run);
    }

    public void Leave(QueuedRun run) => _runs.Remove(run);

    /// <summary>Lets go of the rows that wait; those that are run are still read.</summary>
    public void DropWaiting()
    {
        _unread -= Waiting;
        _first = _end;
        WaitingCost = 0;
    }

    /// <summary>Counts rows that were read.</summary>
    /// <returns>Whether they were the last.</returns>
    public bool CountRead(int rows) => (_unread -= rows) == 0;

    /// <summary>Whether nothing is to be waited for any more.</summary>
    public bool IsRead => _unread == 0;

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    private int Take(int row)
    {
        WaitingCost -= BatchPlanner.Cost(1, Rows[row].Ids.Length);
        return row;
    }
}
