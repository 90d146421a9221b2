namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

/// <summary>Timers that a test lets elapse.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly List<ManualTimer> _made = [];

    /// <summary>Whether the timer that was made last is to elapse.</summary>
    public bool IsArmed => _made[^1].Due is not null;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _made.Add(new ManualTimer(() => callback(state)));
        return _made[^1];
    }

    /// <summary>Has the timer elapse that was made last.</summary>
    public void Elapse()
    {
        Assert.True(IsArmed);
        _made[^1].Due = null;
        _made[^1].Callback();
    }

    private sealed class ManualTimer(Action callback) : ITimer
    {
        public Action Callback => callback;

        public TimeSpan? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : dueTime;
            return true;
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
