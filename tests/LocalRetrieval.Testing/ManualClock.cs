using System.Threading.Channels;

namespace LocalRetrieval.Testing;

/// <summary>A clock whose timers elapse when a test lets them.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class ManualClock : TimeProvider
{
    private readonly Channel<PendingTimer> _made = Channel.CreateUnbounded<PendingTimer>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        PendingTimer timer = new(() => callback(state), dueTime);
        Assert.True(_made.Writer.TryWrite(timer));
        return timer;
    }

    /// <summary>Waits until somebody waits for the clock.</summary>
    public async Task<PendingTimer> NextTimerAsync() => await _made.Reader.ReadAsync().AsTask().OrHang();

    /// <summary>A timer that was made.</summary>
    /// <param name="elapse">Has it elapse.</param>
    /// <param name="due">After which time it is to elapse.</param>
    public sealed class PendingTimer(Action elapse, TimeSpan due) : ITimer
    {
        public TimeSpan Due => due;

        public void Elapse() => elapse();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("This timer is set once.");

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
