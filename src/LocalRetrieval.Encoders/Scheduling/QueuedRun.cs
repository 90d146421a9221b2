namespace LocalRetrieval.Encoders;

/// <summary>Rows of one call or of several that are run together.</summary>
/// <param name="target">What runs them.</param>
internal sealed class QueuedRun(RunTarget target) : IDisposable
{
    private readonly List<(QueuedCall Call, int Row)> _rows = [];
    private readonly List<QueuedCall> _calls = [];
    private readonly CancellationTokenSource _abandoned = new();
    private double _rowsCost;

    public RunTarget Target => target;

    /// <summary>The slots that it takes.</summary>
    public int Slots { get; set; } = 1;

    /// <summary>Whether nothing else was run when it began.</summary>
    public bool IsAlone { get; set; }

    /// <summary>Whether it has all slots, since it is alone and faster by that than others are.</summary>
    public bool HasAllSlots { get; set; }

    /// <summary>Whether queries and documents both waited when it began, so that its time counts for their shares.</summary>
    public bool IsContended { get; set; }

    /// <summary>When it began, by the scheduler's clock.</summary>
    public long Started { get; set; }

    /// <summary>The tokens of its longest row.</summary>
    public int Longest { get; private set; }

    public int Count => _rows.Count;

    /// <summary>The tokens of all rows, without padding.</summary>
    public long Tokens => _rows.Sum(row => (long)row.Call.Rows[row.Row].Ids.Length);

    /// <summary>What it costs, in tokens.</summary>
    public long Cost => BatchPlanner.Cost(_rows.Count, Longest);

    /// <summary>Whether a row that is no longer than the longest makes the run cheaper by what its rows cost alone: with it more share what a run costs beside its rows, but it may be padded.</summary>
    public bool IsCheaperWith(int tokens)
    {
        double known = BatchPlanner.ExactCost(_rows.Count, Longest) + RunCost.Overhead;
        double grown = BatchPlanner.ExactCost(_rows.Count + 1, Longest) + RunCost.Overhead;
        return grown / (_rowsCost + BatchPlanner.ExactCost(1, tokens)) <= known / _rowsCost;
    }

    /// <summary>The calls that have rows in it.</summary>
    public IReadOnlyList<QueuedCall> Calls => _calls;

    /// <summary>Whether a row of a length would keep it within a cost, and within what a run may hold.</summary>
    public bool Fits(int tokens, long limit)
    {
        int longest = Math.Max(Longest, tokens);
        return BatchPlanner.Cost(_rows.Count + 1, longest) <= limit && target.Holds(_rows.Count + 1, longest);
    }

    public void Add(QueuedCall call, int row)
    {
        if (!call.Runs.Contains(this))
        {
            _calls.Add(call);
            call.Enter(this);
        }

        int tokens = call.Rows[row].Ids.Length;
        _rows.Add((call, row));
        _rowsCost += BatchPlanner.ExactCost(1, tokens);
        Longest = Math.Max(Longest, tokens);
    }

    /// <summary>Whether it ends early.</summary>
    public bool IsAbandoned => _abandoned.IsCancellationRequested;

    /// <summary>Ends the run early: nobody waits for it any more.</summary>
    public void Abandon() => _abandoned.Cancel();

    public void Dispose() => _abandoned.Dispose();

    /// <summary>The number of a call's rows.</summary>
    public int CountOf(QueuedCall call) => _rows.Count(row => row.Call == call);

    /// <summary>Runs the rows; where that throws, those of each call alone, so that one call's text is no other's error.</summary>
    /// <param name="fail">Takes a call's error.</param>
    public void Run(Action<QueuedCall, Exception> fail)
    {
        try
        {
            Run(_rows, fail);
        }
        catch (Exception exception) when (_calls.Count == 1 || _abandoned.IsCancellationRequested)
        {
            _calls.ForEach(call => fail(call, exception));
        }
        catch (Exception)
        {
            _calls.FindAll(call => call.IsLive).ForEach(call => RunAgain(call, fail));
        }
    }

    private void RunAgain(QueuedCall call, Action<QueuedCall, Exception> fail)
    {
        try
        {
            Run(_rows.FindAll(row => row.Call == call), fail);
        }
        catch (Exception exception)
        {
            fail(call, exception);
        }
    }

    private void Run(List<(QueuedCall Call, int Row)> rows, Action<QueuedCall, Exception> fail)
    {
        TokenizedText[] texts = [.. rows.Select(row => row.Call.Rows[row.Row])];
        target.Run(TokenBatch.Of(texts, BatchPlanner.InputOrder(texts.Length)), IsAlone, (rows, fail), static (state, index, output) => Hand(state.rows[index], output, state.fail), _abandoned.Token);
    }

    private static void Hand((QueuedCall Call, int Row) row, ReadOnlySpan<float> output, Action<QueuedCall, Exception> fail)
    {
        if (!row.Call.IsLive)
        {
            return;
        }

        try
        {
            row.Call.Read(row.Row, output);
        }
        catch (Exception exception)
        {
            fail(row.Call, exception);
        }
    }
}
