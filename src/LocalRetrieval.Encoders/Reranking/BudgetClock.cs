using System.Diagnostics;

namespace LocalRetrieval.Encoders;

/// <summary>The time that a reranking has.</summary>
/// <param name="Budget">How long it may take, or null for any time.</param>
/// <param name="Started">When it began, by <see cref="Stopwatch"/>.</param>
internal readonly record struct BudgetClock(TimeSpan? Budget, long Started)
{
    // What a timer can be set to.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>A source that is cancelled when no time is left; null where any time may be taken.</summary>
    public CancellationTokenSource? Alarm() =>
        Budget is { } budget ? new CancellationTokenSource(TimeSpan.FromTicks(Math.Clamp((budget - Stopwatch.GetElapsedTime(Started)).Ticks, 0, Longest.Ticks))) : null;
}
