namespace LocalRetrieval.Encoders;

/// <content>What the encoder says of its runs and its queue.</content>
internal sealed partial class EncoderRuntime
{
    private readonly int _maxQueuedTexts;

    /// <summary>How the encoder runs at the moment; null where it is not scheduled.</summary>
    public EncoderExecution? Execution => IsScheduled ? _backend.Describe(new EncoderExecution
    {
        Slots = _scheduler.Slots,
        ThreadsPerRun = Backend.ThreadsPerRun,
        LoneThreads = Backend.ThreadsPerRun,
        QueuedTexts = QueuedTexts,
        MaxQueuedTexts = _maxQueuedTexts,
        QueueFill = _bound.Fill,
        SinceLastRun = _target.LastEnded is { } ended ? _scheduler.Time.GetElapsedTime(ended) : null,
        QueueStall = QueueStall(),
        RunTimeP95 = _target.Times.P95,
        MaxRunBytes = _target.MaxRunBytes,
        RunMemory = Backend.RunMemory,
    }) : null;

    // Longer texts take longer runs, but one ends at last; and a queue that was empty begins anew. A clock may be set back.
    private TimeSpan QueueStall() =>
        _bound.OccupiedSince is { } since && _scheduler.Time.GetElapsedTime(Math.Max(since, _target.LastEnded ?? since)) is { Ticks: > 0 } stall ? stall : TimeSpan.Zero;
}
