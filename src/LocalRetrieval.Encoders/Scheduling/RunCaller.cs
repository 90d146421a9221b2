namespace LocalRetrieval.Encoders;

/// <summary>One whose calls share turns.</summary>
/// <remarks>Guarded by the scheduler's lock.</remarks>
internal sealed class RunCaller
{
    private readonly List<QueuedCall> _waiting = [];

    /// <summary>What it was given so far, in the lane's time.</summary>
    public double Served { get; set; }

    /// <summary>The number of the lane's turn that was its last.</summary>
    public long LastTurn { get; set; }

    /// <summary>The calls with rows that wait, first come first.</summary>
    public IReadOnlyList<QueuedCall> Waiting => _waiting;

    public void Add(QueuedCall call) => _waiting.Add(call);

    public void Remove(QueuedCall call) => _waiting.Remove(call);
}
