namespace LocalRetrieval.Encoders;

/// <summary>How long runs of an encoder take on one thread, learned from those that were.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RunCost
{
    /// <summary>What a run costs beside its tokens, in tokens.</summary>
    public const int Overhead = 8;

    // Runs are slower when the machine is busy with others: a few of them shall count, one alone shall not.
    private const double Weight = .1;

    private double _milliseconds;

    /// <summary>How long a run of a cost takes; null while none was seen.</summary>
    public TimeSpan? Predict(long cost) => Volatile.Read(ref _milliseconds) is > 0 and double each ? TimeSpan.FromMilliseconds(each * (cost + Overhead)) : null;

    /// <summary>The largest cost of a run that takes no longer; any, while no run was seen.</summary>
    public long Within(TimeSpan time) => Volatile.Read(ref _milliseconds) is > 0 and double each ? (long)Math.Min(int.MaxValue, time.TotalMilliseconds / each) - Overhead : int.MaxValue;

    /// <summary>Learns from a run.</summary>
    public void Learn(long cost, TimeSpan took)
    {
        double each = took.TotalMilliseconds / (cost + Overhead);
        double known = Volatile.Read(ref _milliseconds);
        Volatile.Write(ref _milliseconds, known == 0 ? each : known + (Weight * (each - known)));
    }
}
