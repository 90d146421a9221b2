namespace LocalRetrieval.Encoders;

/// <summary>How long the last runs of several texts took.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RunTimes
{
    private const int Kept = 256;
    private const double Share = .95;

    private readonly Lock _lock = new();
    private readonly double[] _milliseconds = new double[Kept];
    private int _count;

    /// <summary>What 95 % of them did not exceed; null before the first.</summary>
    public TimeSpan? P95
    {
        get
        {
            double[] sorted;
            lock (_lock)
            {
                sorted = _milliseconds[..Math.Min(_count, Kept)];
            }

            Array.Sort(sorted);
            return sorted.Length == 0 ? null : TimeSpan.FromMilliseconds(sorted[(int)((sorted.Length - 1) * Share)]);
        }
    }

    public void Add(TimeSpan time)
    {
        lock (_lock)
        {
            _milliseconds[_count++ % Kept] = time.TotalMilliseconds;
        }
    }
}
