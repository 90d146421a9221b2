namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

/// <summary>A timer that a test lets elapse, in the context in which it was made, as those of the system do.</summary>
internal sealed class FlowingTimers : TimeProvider
{
    private readonly ManualTimers _timers = new();
    private ExecutionContext? _context;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _context = ExecutionContext.Capture();
        return _timers.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Has the timer elapse, on a thread without a context of its own.</summary>
    public void Elapse()
    {
        Thread thread = new(() =>
        {
            if (_context is null)
            {
                _timers.Elapse();
            }
            else
            {
                ExecutionContext.Run(_context, _ => _timers.Elapse(), null);
            }
        });
        thread.UnsafeStart();
        thread.Join();
    }
}
