namespace LocalRetrieval.Documents.Layout;

/// <summary>A drawn line, across or upright.</summary>
/// <param name="IsHorizontal">Whether it goes across.</param>
/// <param name="Position">Its y where it goes across, its x where it is upright.</param>
/// <param name="Start">Where it starts on the other axis.</param>
/// <param name="End">Where it ends there; not before <paramref name="Start"/>.</param>
internal readonly record struct Rule(bool IsHorizontal, double Position, double Start, double End);
