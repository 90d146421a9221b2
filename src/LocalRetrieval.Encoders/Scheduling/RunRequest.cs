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

    /// <summary>The largest cost of a run, in tokens (<see cref="BatchPlanner.Cost"/>); null for the encoder's.</summary>
    public int? Budget { get; init; }

    /// <summary>Asked before each run but the first: whether the rest is not wanted any more.</summary>
    public Func<bool>? IsOver { get; init; }

    /// <summary>Whether <see cref="IsOver"/> is asked before the first run, too.</summary>
    public bool MayEndUnbegun { get; init; }
}
