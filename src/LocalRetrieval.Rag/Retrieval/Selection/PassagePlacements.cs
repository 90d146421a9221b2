namespace LocalRetrieval.Rag;

/// <summary>Puts passages in the order in which they are returned.</summary>
internal static class PassagePlacements
{
    /// <summary>Places items.</summary>
    /// <param name="placement">Where the best stand.</param>
    /// <param name="items">The items, best first.</param>
    public static T[] Place<T>(PassagePlacement placement, IReadOnlyList<T> items) => placement == PassagePlacement.BestAtBothEnds
        ? [.. items.Where((_, index) => index % 2 == 0), .. items.Where((_, index) => index % 2 == 1).Reverse()]
        : [.. items];
}
