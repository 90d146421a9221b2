namespace LocalRetrieval.Hosting.Tests.Processes;

/// <summary>What the program EncoderLoad says of itself.</summary>
internal sealed record EncoderReport
{
    public required int ProcessorCount { get; init; }

    public required int Slots { get; init; }

    public required int ThreadsPerRun { get; init; }

    /// <summary>The most threads of a light load beside those that run models and those of the runtime.</summary>
    public required int MostOthers { get; init; }

    /// <summary>The fewest threads of a heavy load beside those.</summary>
    public required int LeastOthers { get; init; }

    /// <summary>The most threads at once that ran models.</summary>
    public required int MostRunThreads { get; init; }
}
