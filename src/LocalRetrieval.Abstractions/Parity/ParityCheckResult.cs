namespace LocalRetrieval;

/// <summary>What one check of a <see cref="ParityReport"/> found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Passed">Whether it is as it should be.</param>
/// <param name="Message">What was found.</param>
/// <param name="Difference">The largest difference that was measured; null where there is none to measure, infinite where two things have other shapes.</param>
/// <param name="Tolerance">The largest difference that passes; null where there is none to measure.</param>
public sealed record ParityCheckResult(string Name, bool Passed, string Message, double? Difference = null, double? Tolerance = null);
