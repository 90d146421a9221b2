namespace LocalRetrieval;

/// <summary>What one check of a <see cref="ParityReport"/> found.</summary>
public sealed class ParityCheckResult
{
    internal ParityCheckResult(string name, bool passed, string message, double? difference = null, double? tolerance = null)
    {
        Name = name;
        Passed = passed;
        Message = message;
        Difference = difference;
        Tolerance = tolerance;
    }

    /// <summary>What was checked.</summary>
    public string Name { get; }

    /// <summary>Whether it is as it should be.</summary>
    public bool Passed { get; }

    /// <summary>What was found.</summary>
    public string Message { get; }

    /// <summary>The largest difference that was measured; null where there is none to measure, infinite where two things have other shapes.</summary>
    public double? Difference { get; }

    /// <summary>The largest difference that passes; null where there is none to measure.</summary>
    public double? Tolerance { get; }
}
