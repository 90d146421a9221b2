namespace LocalRetrieval.Encoders;

/// <summary>How the rows of a call are to be run.</summary>
internal sealed record RunRequest
{
    /// <summary>Who waits.</summary>
    public RunPriority Priority { get; init; }

    /// <summary>Whose turn it is: calls of an equal value share turns.</summary>
    public object Caller { get; init; } = new();

    /// <summary>The place of the first texts in the queue, where it was taken beforehand.</summary>
    public ReservedPlace? Reserved { get; init; }

    /// <summary>Whether the rows are run in their order, rather than by length.</summary>
    public bool IsInOrder { get; init; }

    /// <summary>Whether all rows are one run, without others, whatever the budget.</summary>
    public bool IsOneRun { get; init; }

    /// <summary>Whether the rows are one portion of several, so that the thread that hands them over shall go on with the next.</summary>
    public bool IsPortion { get; init; }

    /// <summary>When the texts came, by the scheduler's clock; null for when their rows do.</summary>
    public long? Came { get; init; }

    /// <summary>The largest cost of a run, in tokens (<see cref="BatchPlanner.Cost"/>); null for the encoder's.</summary>
    public int? Budget { get; init; }

    /// <summary>Cancelled when no further run is wanted: what was run, or is being run, is still read.</summary>
    public CancellationToken Over { get; init; }

    /// <summary>Whether <see cref="Over"/> ends it before its first run, too.</summary>
    public bool MayEndUnbegun { get; init; }
}
