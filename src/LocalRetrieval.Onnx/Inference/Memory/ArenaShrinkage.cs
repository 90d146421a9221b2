namespace LocalRetrieval.Onnx.Inference.Memory;

/// <summary>
/// Gives memory back once a peak is past: an arena keeps what its largest run took, for ever. It is looked at some seconds after a large run, and again as long as there are such: where
/// no run since took a quarter of the largest, or there was none, the arena is shrunk.
/// </summary>
/// <remarks>Safe for concurrent use. Under steady load nothing is shrunk, and a run costs a comparison.</remarks>
internal sealed class ArenaShrinkage : IDisposable
{
    /// <summary>How long after a run it is looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    // What is not worth a run.
    private const long Small = 8 << 20;
    private const int PeakShare = 4;

    private readonly Lock _lock = new();
    private readonly Func<long?> _unused;
    private readonly Action _shrink;
    private readonly ITimer _timer;
    private long _recent;
    private long _largest;
    private volatile bool _isArmed;
    private bool _isDisposed;

    /// <param name="time">Tells when it is time to look.</param>
    /// <param name="unused">What the arena keeps for runs to come, in bytes; null where it does not tell.</param>
    /// <param name="shrink">Shrinks the arena.</param>
    public ArenaShrinkage(TimeProvider time, Func<long?> unused, Action shrink)
    {
        _unused = unused;
        _shrink = shrink;
        // The encoder may be loaded by a request, whose context the timer would keep as long as the encoder lives.
        using AsyncFlowControl noFlow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(static state => ((ArenaShrinkage)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A run was done.</summary>
    /// <param name="bytes">What it took, by prediction.</param>
    public void Ran(long bytes)
    {
        for (long known = Volatile.Read(ref _recent); bytes > known; known = Volatile.Read(ref _recent))
        {
            Interlocked.CompareExchange(ref _recent, bytes, known);
        }

        if (!_isArmed && bytes >= Small)
        {
            Arm();
        }
    }

    /// <summary>Waits until nothing is being shrunk; nothing is from then on.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer.Dispose();
        }
    }

    private void Arm()
    {
        lock (_lock)
        {
            if (!_isArmed && !_isDisposed)
            {
                _isArmed = true;
                _timer.Change(Period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            _isArmed = false;
            if (_isDisposed)
            {
                return;
            }

            long recent = Interlocked.Exchange(ref _recent, 0);
            _largest = Math.Max(_largest, recent);
            if (IsLarge() && recent <= _largest / PeakShare)
            {
                TryShrink();
                _largest = recent;
            }

            // Where nothing was run there is nothing to be seen either, before the next run.
            if (recent > 0 && IsLarge())
            {
                Arm();
            }
        }
    }

    // What fails where nobody asked for anything is nobody's error: the arena stays as it is, and the next run says what is wrong.
    private void TryShrink()
    {
        try
        {
            _shrink();
        }
        catch (Exception)
        {
            _isDisposed = true;
        }
    }

    private bool IsLarge() => _unused() > Small;
}
