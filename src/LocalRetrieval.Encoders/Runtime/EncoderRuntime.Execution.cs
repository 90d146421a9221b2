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
        QueueStall = _scheduler.Stall(_target, _bound.OccupiedSince),
        RunTimeP95 = _target.Times.P95,
        MaxRunBytes = _target.MaxRunBytes,
        RunMemory = Backend.RunMemory,
    }) : null;
}
