using System.Globalization;

namespace LocalRetrieval;

/// <summary>What <see cref="ParityCheck"/> found.</summary>
public sealed class ParityReport
{
    internal ParityReport(string modelId, string? expectedValues, IReadOnlyList<ParityCheckResult> checks)
    {
        ModelId = modelId;
        ExpectedValues = expectedValues;
        Checks = checks;
    }

    /// <summary>The model's id.</summary>
    public string ModelId { get; }

    /// <summary>The file of expected values that the model was held against; null where there was none.</summary>
    public string? ExpectedValues { get; }

    /// <summary>The checks, in the order in which they were made.</summary>
    public IReadOnlyList<ParityCheckResult> Checks { get; }

    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.All(check => check.Passed);

    /// <summary>A line a check.</summary>
    public override string ToString()
    {
        IEnumerable<string> lines = Checks.Select(check => string.Create(
            CultureInfo.InvariantCulture,
            $"{(check.Passed ? "passed" : "FAILED")}  {check.Name}: {check.Message}{(check.Difference is { } difference ? $" (difference {difference:0.##e+0}, tolerance {check.Tolerance:0.##e+0})" : "")}"));
        return string.Join('\n', lines.Prepend($"{ModelId}, {(ExpectedValues is null ? "no expected values" : $"held against {ExpectedValues}")}: {(Passed ? "passed" : "FAILED")}"));
    }

    /// <summary>Throws where a check failed, for a test or a start-up.</summary>
    /// <exception cref="InvalidDataException">A check failed; the message is the report.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
        {
            throw new InvalidDataException(ToString());
        }
    }
}
