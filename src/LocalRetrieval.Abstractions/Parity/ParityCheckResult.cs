namespace LocalRetrieval;

/// <summary>What one check of a <see cref="ParityReport"/> found.</summary>
public sealed record ParityCheckResult
{
    /// <summary>What was checked.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is as it should be.</summary>
    public required bool Passed { get; init; }

    /// <summary>What was found.</summary>
    public required string Message { get; init; }

    /// <summary>The largest difference that was measured; null where there is none to measure, infinite where two things have other shapes.</summary>
    public double? Difference { get; init; }

    /// <summary>The largest difference that passes; null where there is none to measure.</summary>
    public double? Tolerance { get; init; }
}
