namespace LocalRetrieval.Bench.Soaking;

/// <summary>How calls of a soak ended.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SoakCounts
{
    private const double Megabyte = 1 << 20;

    private long _answered;
    private long _cancelled;

    public void Answer() => Interlocked.Increment(ref _answered);

    public void Cancel() => Interlocked.Increment(ref _cancelled);

    /// <param name="when">When the memory was looked at.</param>
    /// <param name="resident">What the process has of the machine's memory, in bytes.</param>
    public string Line(string when, long resident) => FormattableString.Invariant(
        $"{when}: {resident / Megabyte:F1} MB, {GC.GetGCMemoryInfo().TotalCommittedBytes / Megabyte:F1} MB of it .NET's heap; {Interlocked.Read(ref _answered):N0} calls answered, {Interlocked.Read(ref _cancelled):N0} cancelled");
}
