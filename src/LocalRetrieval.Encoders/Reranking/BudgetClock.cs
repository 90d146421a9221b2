using System.Diagnostics;

namespace LocalRetrieval.Encoders;

/// <summary>The time that a reranking has.</summary>
/// <param name="Budget">How long it may take, or null for any time.</param>
/// <param name="Started">When it began, by <see cref="Stopwatch"/>.</param>
internal readonly record struct BudgetClock(TimeSpan? Budget, long Started)
{
    /// <summary>Whether there is no time left to begin anything.</summary>
    public bool IsOver => Budget is { } budget && Stopwatch.GetElapsedTime(Started) >= budget;
}
