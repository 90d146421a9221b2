namespace LocalRetrieval;

/// <summary>How an encoder runs at the moment.</summary>
public sealed record EncoderExecution
{
    /// <summary>How many runs go at once in this process, of all its encoders.</summary>
    public required int Slots { get; init; }

    /// <summary>The threads of a run.</summary>
    public required int ThreadsPerRun { get; init; }

    /// <summary>The threads of the run of a single text on an idle machine.</summary>
    public required int LoneThreads { get; init; }

    /// <summary>How many times faster the run of a single text on an idle machine was with all threads than with those of <see cref="ThreadsPerRun"/>; null while that was not compared.</summary>
    public double? LoneGain { get; init; }

    /// <summary>What a session of all threads added to the memory of the process when it was made, in bytes; 0 without one.</summary>
    public long LoneBytes { get; init; }

    /// <summary>The number of texts that wait for the encoder or are being run.</summary>
    public required int QueuedTexts { get; init; }

    /// <summary>How many texts may wait for the encoder or be run; null where nothing bounds them.</summary>
    public int? MaxQueuedTexts { get; init; }

    /// <summary>What of the bounds on texts and on their bytes is taken, of the one that is nearer: from 0 to 1, and above where a single call is larger than a bound. Documents alone fill four fifths; at least 1 while a query waits for room, or was refused and nothing has left since.</summary>
    public double QueueFill { get; init; }

    /// <summary>How long ago the encoder's last run ended; null before the first.</summary>
    public TimeSpan? SinceLastRun { get; init; }

    /// <summary>How long the encoder's oldest run has been under way, or something has waited for the encoder without a run of any ending, whichever is longer; zero while nothing waits or is run. What moves keeps this short, however much waits, and whosever turns come before.</summary>
    public TimeSpan QueueStall { get; init; }

    /// <summary>What 95 % of the last 256 runs of several texts did not exceed; null before the first.</summary>
    public TimeSpan? RunTimeP95 { get; init; }

    /// <summary>What a run may take of memory at most, in bytes: the option, or its default on this machine.</summary>
    public long MaxRunBytes { get; init; } = long.MaxValue;

    /// <summary>What runs take of memory, by which they are planned; null where that is not known.</summary>
    public EncoderRunMemory? RunMemory { get; init; }

    /// <summary>What the encoder keeps of the memory of earlier runs for the next, in bytes; null where that cannot be told.</summary>
    public long? RetainedBytes { get; init; }
}
